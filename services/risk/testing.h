#ifndef STARACTION_SERVICES_RISK_TESTING_H_
#define STARACTION_SERVICES_RISK_TESTING_H_

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/risk/parts.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"
#include "staraction/risk/v1/analysis_service.grpc.pb.h"
#include "staraction/risk/v1/state_service.grpc.pb.h"
#include "staraction/risk/v1/treatment_service.grpc.pb.h"

namespace staraction::risk {

inline constexpr char kClientId[] = "0190a000-0000-7000-8000-0000000000c1";
inline constexpr char kEngagementId[] = "0190a000-0000-7000-8000-0000000000e1";
inline constexpr char kOtherClientId[] = "0190a000-0000-7000-8000-0000000000c2";
inline constexpr char kOtherEngagementId[] = "0190a000-0000-7000-8000-0000000000e2";
inline const std::string kClient = std::string("clients/") + kClientId;
inline const std::string kEngagement = std::string("engagements/") + kEngagementId;
inline const std::string kOtherClient = std::string("clients/") + kOtherClientId;
inline const std::string kOtherEngagement = std::string("engagements/") + kOtherEngagementId;
inline const std::string kMember = kClient + "/members/0190a000-0000-7000-8000-0000000000d1";
inline const std::string kDiagnosis =
    kEngagement + "/diagnoses/0190a000-0000-7000-8000-0000000000b1";
inline const std::string kSnapshot =
    kClient + "/assetSnapshots/0190a000-0000-7000-8000-0000000000f1";

template <typename T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// A manufacturer with one member, 髙橋 花.
class FixedCompany : public Company {
 public:
  absl::StatusOr<std::string> Industry(const Call&) override {
    return std::string("MANUFACTURING");
  }
  absl::StatusOr<std::string> MemberName(const Call&, const std::string& member) override {
    if (member != kMember) return NotFound(member);
    return std::string("髙橋 花");
  }
};

// Snapshots that a test puts, by name; their pages have 1,000 entries like the real ones.
class FixedLedgers : public Ledgers {
 public:
  struct Frozen {
    std::string value_scale = "value-scale-3-1";
    std::vector<asset::v1::Asset> assets;
  };
  std::map<std::string, Frozen> snapshots;

  absl::StatusOr<asset::v1::AssetSnapshot> Snapshot(const Call&, const std::string& name) override {
    const auto found = snapshots.find(name);
    if (found == snapshots.end()) return NotFound(name);
    asset::v1::AssetSnapshot snapshot;
    snapshot.set_name(name);
    snapshot.set_value_scale(found->second.value_scale);
    return snapshot;
  }
  absl::StatusOr<asset::v1::ListSnapshotAssetsResponse> Page(
      const Call&, const asset::v1::ListSnapshotAssetsRequest& request) override {
    const auto& assets = snapshots.at(request.parent()).assets;
    int64_t at = 0;
    (void)absl::SimpleAtoi(request.page_token(), &at);
    asset::v1::ListSnapshotAssetsResponse page;
    for (; page.snapshot_assets_size() < request.page_size() && at < std::ssize(assets); ++at) {
      *page.add_snapshot_assets()->mutable_asset() = assets[static_cast<size_t>(at)];
    }
    if (at < std::ssize(assets)) page.set_next_page_token(absl::StrCat(at));
    return page;
  }
};

// Diagnoses and done measures that a test puts; measures that are made are remembered.
class FixedWork : public Work {
 public:
  std::map<std::string, diagnosis::v1::Diagnosis> diagnoses;
  std::map<std::string, std::string> done;
  std::map<std::string, WantedMeasure> made;  // by control

  absl::StatusOr<diagnosis::v1::Diagnosis> Diagnosis(const Call&,
                                                     const std::string& name) override {
    const auto found = diagnoses.find(name);
    if (found == diagnoses.end()) return NotFound(name);
    return found->second;
  }
  absl::StatusOr<std::string> MeasureFor(const Call&, const WantedMeasure& wanted) override {
    made.emplace(wanted.control, wanted);
    return MeasureName(wanted.control);
  }
  absl::StatusOr<std::map<std::string, std::string>> DoneControls(const Call&) override {
    return done;
  }
  static std::string MeasureName(const std::string& control) {
    return kClient + "/measures/of-" + control;
  }
};

// The whole service over real gRPC and PostgreSQL with the built-in content. A consultant, a
// president and a security manager of one client, and a consultant of another.
class RiskTest : public ::testing::Test {
 protected:
  RiskTest() {
    access_.Grant(test::kOrganization, "consultant", common::v1::ROLE_CONSULTANT, kClientId,
                  kEngagementId);
    access_.Grant(test::kOrganization, "president", common::v1::ROLE_PRESIDENT, kClientId,
                  kEngagementId);
    access_.Grant(test::kOrganization, "manager", common::v1::ROLE_SECURITY_MANAGER, kClientId,
                  kEngagementId);
    access_.Grant(test::kOrganization, "other", common::v1::ROLE_CONSULTANT, kOtherClientId,
                  kOtherEngagementId);
    service_ = std::make_unique<test::TestService>(
        pg::Schema{"risk", Migrations()}, keys_, &access_,
        [this](Host& host) {
          return MakeParts(host, "", {std::make_shared<FixedCompany>(), ledgers_, work_});
        },
        [this] { return RealClock()() + ahead_; });
    states_ = v1::StateService::NewStub(service_->channel());
    analyses_ = v1::AnalysisService::NewStub(service_->channel());
    treatments_ = v1::TreatmentService::NewStub(service_->channel());
  }

  using States = v1::StateService::Stub;
  using Analyses = v1::AnalysisService::Stub;
  using Treatments = v1::TreatmentService::Stub;

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> As(const std::string& user, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const std::string& text) {
    return test::CallAs(keys_.User(user), stub, method, Parse<Request>(text));
  }

  // Adds an entry that passes the stages; its id ends in `number`.
  void AddAsset(int number, const std::string& name, const std::string& medium, int importance,
                const std::vector<std::string>& stages, const std::string& department = "総務",
                int64_t persons = 0) {
    asset::v1::Asset asset;
    asset.set_name(AssetName(number));
    asset.set_display_name(name);
    asset.set_medium(medium);
    asset.set_importance(importance);
    asset.set_department(department);
    if (persons > 0) asset.set_persons(persons);
    for (const std::string& stage : stages) asset.add_stages()->set_stage(stage);
    ledgers_->snapshots[kSnapshot].assets.push_back(asset);
  }
  static std::string AssetName(int number) {
    return absl::StrCat(kClient, "/assets/0190a000-0000-7000-8000-",
                        absl::Dec(number, absl::kZeroPad12));
  }

  absl::StatusOr<v1::Analysis> Create(const std::string& more = "",
                                      const std::string& analysis = "") {
    return As("consultant", *analyses_, &Analyses::CreateAnalysis,
              "parent: '" + kEngagement + "' analysis { snapshot: '" + kSnapshot +
                  "' risk_model: 'riskModels/risk-model-3-1' " + analysis + " } " + more);
  }
  // Confirms these frequencies, as "THREAT 3", and 1 for all other threats.
  absl::Status SetThreats(const std::vector<std::string>& frequencies) {
    const auto list = As("manager", *states_, &States::ListThreatStates,
                         "parent: '" + kClient + "' page_size: 1000");
    if (!list.ok()) return list.status();
    std::string text = "parent: '" + kClient + "' ";
    for (const auto& state : list->threat_states()) {
      std::string frequency = "1";
      for (const std::string& each : frequencies) {
        if (each.starts_with(LastId(state.name()) + " ")) frequency = each.substr(each.size() - 1);
      }
      absl::StrAppend(&text, "threat_states { name: '", state.name(), "' frequency: ", frequency,
                      " } ");
    }
    return As("manager", *states_, &States::BatchUpdateThreatStates, text).status();
  }
  // Three entries: papers of importance 3 that are sent, used and stored; data of importance 2;
  // papers of importance 1 that are only used. Papers go astray at any time and are stolen now and
  // then. Nothing is known of controls.
  void Begin() {
    AddAsset(1, "顧客名簿", "PAPER", 3, {"TRANSFER", "USE", "STORE"}, "営業", 300);
    AddAsset(2, "見積データ", "OFFICE_PC", 2, {"USE", "STORE"});
    AddAsset(3, "カタログ", "PAPER", 1, {"USE"});
    ASSERT_OK(SetThreats({"PAPER_MISSENT 3", "PAPER_STOLEN_OFFICE 2"}));
  }
  // Confirms these levels, as "CONTROL LEVEL_…".
  absl::Status SetControls(const std::vector<std::string>& levels) {
    std::string text = "parent: '" + kClient + "' ";
    for (const std::string& each : levels) {
      const size_t space = each.find(' ');
      absl::StrAppend(&text, "control_states { name: '", kClient, "/controlStates/",
                      each.substr(0, space), "' level: ", each.substr(space + 1), " } ");
    }
    return As("manager", *states_, &States::BatchUpdateControlStates, text).status();
  }

  // The fields that a call was refused for.
  static std::vector<std::string> BadFields(const absl::Status& status) {
    std::vector<std::string> fields;
    const auto bad = GetDetail<google::rpc::BadRequest>(status);
    if (!bad) return fields;
    for (const auto& violation : bad->field_violations()) fields.push_back(violation.field());
    return fields;
  }
  // "code=value" of every fact, as the engagement service would collect them.
  std::vector<std::string> Facts(const std::string& engagement) {
    auto call = service_->host().ServiceCall(test::kOrganization, kClientId, absl::Seconds(10));
    EXPECT_OK(call);
    fact::v1::CollectFactsRequest request;
    request.set_client(kClient);
    request.set_engagement(engagement);
    const auto stub = fact::v1::FactService::NewStub(service_->channel());
    const auto sheet =
        test::CallAs(call->token, *stub, &fact::v1::FactService::Stub::CollectFacts, request);
    EXPECT_OK(sheet);
    std::vector<std::string> facts;
    for (const auto& fact : sheet->facts()) {
      facts.push_back(fact.code() + "=" +
                      (fact.value_case() == fact::v1::Fact::kTruth
                           ? (fact.truth() ? "true" : "false")
                           : std::to_string(fact.count())));
    }
    return facts;
  }

  test::TestKeys keys_;
  test::TestAccess access_;
  absl::Duration ahead_ = absl::ZeroDuration();  // the service's clock before the real one
  std::shared_ptr<FixedLedgers> ledgers_ = std::make_shared<FixedLedgers>();
  std::shared_ptr<FixedWork> work_ = std::make_shared<FixedWork>();
  std::unique_ptr<test::TestService> service_;
  std::unique_ptr<States> states_;
  std::unique_ptr<Analyses> analyses_;
  std::unique_ptr<Treatments> treatments_;
};

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_TESTING_H_
