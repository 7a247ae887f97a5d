#ifndef STARACTION_SERVICES_DIAGNOSIS_TESTING_H_
#define STARACTION_SERVICES_DIAGNOSIS_TESTING_H_

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "common/status/errors.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/diagnosis/parts.h"
#include "staraction/diagnosis/v1/answer_sheet_service.grpc.pb.h"
#include "staraction/diagnosis/v1/diagnosis_service.grpc.pb.h"
#include "staraction/diagnosis/v1/measure_service.grpc.pb.h"
#include "staraction/diagnosis/v1/review_service.grpc.pb.h"
#include "staraction/diagnosis/v1/rulebook_service.grpc.pb.h"
#include "staraction/diagnosis/v1/rulebook_version_service.grpc.pb.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction::diagnosis {

inline constexpr char kClientId[] = "0190a000-0000-7000-8000-0000000000c1";
inline constexpr char kEngagementId[] = "0190a000-0000-7000-8000-0000000000e1";
inline constexpr char kOtherClientId[] = "0190a000-0000-7000-8000-0000000000c2";
inline constexpr char kOtherEngagementId[] = "0190a000-0000-7000-8000-0000000000e2";
inline const std::string kClient = std::string("clients/") + kClientId;
inline const std::string kEngagement = std::string("engagements/") + kEngagementId;
inline const std::string kOtherClient = std::string("clients/") + kOtherClientId;
inline const std::string kMember = kClient + "/members/0190a000-0000-7000-8000-0000000000d1";

inline const std::string kOffice = kClient + "/sites/0190a000-0000-7000-8000-0000000000a1";
inline const std::string kFactory = kClient + "/sites/0190a000-0000-7000-8000-0000000000a2";

// One member, 髙橋 花, two sites, 本社 and 工場, and a staff of twelve in two departments.
class FixedRoster : public Roster {
 public:
  absl::StatusOr<Person> Find(const Call&, const std::string& member) override {
    if (member == kMember) return Person{kMember, "髙橋 花", "総務課"};
    for (Person& person : Everybody()) {
      if (person.member == member) return std::move(person);
    }
    return NotFound(member);
  }
  absl::StatusOr<std::vector<Person>> Staff(const Call&, const std::string&) override {
    return Everybody();
  }
  absl::StatusOr<std::string> SiteName(const Call&, const std::string& site) override {
    if (site == kOffice) return std::string("本社");
    if (site == kFactory) return std::string("工場");
    return NotFound(site);
  }
  absl::StatusOr<ClientProfile> Profile(const Call&) override {
    return ClientProfile{"MANUFACTURING", 12};
  }

 private:
  static std::vector<Person> Everybody() {
    std::vector<Person> people;
    for (int i = 10; i < 22; ++i) {
      people.push_back({kClient + "/members/0190a000-0000-7000-8000-0000000000" + std::to_string(i),
                        "社員" + std::to_string(i), i < 19 ? "製造課" : "営業課"});
    }
    return people;
  }
};

// What other services would say.
class FixedFacts : public FactSource {
 public:
  absl::StatusOr<fact::v1::FactSheet> Collect(const Call&, const std::string&,
                                              const std::string&) override {
    if (silent) return absl::UnavailableError("silent");
    return sheet;
  }
  fact::v1::FactSheet sheet;
  bool silent = false;
};

template <typename T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// The whole service over real gRPC and PostgreSQL with the built-in content. A consultant and a
// president of one client, a consultant of another, and a stranger of another organization.
class DiagnosisTest : public ::testing::Test {
 protected:
  DiagnosisTest() {
    access_.Grant(test::kOrganization, "consultant", common::v1::ROLE_CONSULTANT, kClientId,
                  kEngagementId);
    access_.Grant(test::kOrganization, "president", common::v1::ROLE_PRESIDENT, kClientId,
                  kEngagementId);
    access_.Grant(test::kOrganization, "manager", common::v1::ROLE_SECURITY_MANAGER, kClientId,
                  kEngagementId);
    access_.Grant(test::kOrganization, "other", common::v1::ROLE_CONSULTANT, kOtherClientId,
                  kOtherEngagementId);
    service_ = std::make_unique<test::TestService>(
        pg::Schema{"diagnosis", Migrations()}, keys_, &access_, [this](Host& host) {
          PartsOptions options;
          options.content_directory = "services/diagnosis/testdata/packs";
          options.roster = std::make_shared<FixedRoster>();
          options.facts = facts_;
          return MakeParts(host, std::move(options));
        });
    diagnoses_ = v1::DiagnosisService::NewStub(service_->channel());
    rulebook_ = v1::RulebookService::NewStub(service_->channel());
    versions_ = v1::RulebookVersionService::NewStub(service_->channel());
    sheets_ = v1::AnswerSheetService::NewStub(service_->channel());
    reviews_ = v1::DiagnosisReviewService::NewStub(service_->channel());
    measures_ = v1::MeasureService::NewStub(service_->channel());
  }

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> As(const std::string& user, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const std::string& text) {
    return test::CallAs(keys_.User(user), stub, method, Parse<Request>(text));
  }
  using Diagnoses = v1::DiagnosisService::Stub;
  using Rulebook = v1::RulebookService::Stub;
  using Versions = v1::RulebookVersionService::Stub;
  using SheetStub = v1::AnswerSheetService::Stub;
  using Reviews = v1::DiagnosisReviewService::Stub;
  using MeasureStub = v1::MeasureService::Stub;

  absl::StatusOr<v1::Diagnosis> Create(const std::string& more = "") {
    return CreateWith("questionnaire: 'questionnaires/rule-check-six'", more);
  }
  absl::StatusOr<v1::Diagnosis> CreateWith(const std::string& diagnosis,
                                           const std::string& more = "") {
    return As("consultant", *diagnoses_, &Diagnoses::CreateDiagnosis,
              "parent: '" + kEngagement + "' diagnosis { " + diagnosis + " }" + more);
  }
  absl::StatusOr<v1::Diagnosis> Get(const std::string& name) {
    return As("president", *diagnoses_, &Diagnoses::GetDiagnosis, "name: '" + name + "'");
  }
  absl::StatusOr<v1::Diagnosis> Answer(const std::string& user, const std::string& name,
                                       const std::string& answers) {
    return As(user, *diagnoses_, &Diagnoses::AnswerItems, "name: '" + name + "' " + answers);
  }
  absl::StatusOr<v1::Diagnosis> Conclude(const std::string& name, const std::string& more = "") {
    return As("consultant", *diagnoses_, &Diagnoses::ConcludeDiagnosis,
              "name: '" + name + "' " + more);
  }
  // Answers every item FOLLOWED, but the first `gaps` ones NOT_FOLLOWED.
  void AnswerAll(const v1::Diagnosis& diagnosis, int gaps) {
    std::string answers;
    for (const std::string& item : diagnosis.missing_items()) {
      answers += "answers { item: '" + item +
                 "' answer: " + (gaps-- > 0 ? "ANSWER_NOT_FOLLOWED" : "ANSWER_FOLLOWED") + " } ";
    }
    ASSERT_OK(Answer("president", diagnosis.name(), answers));
  }
  // The measures of a diagnosis, in order.
  std::vector<v1::Measure> MeasuresOf(const std::string& diagnosis) {
    const auto list = As("consultant", *rulebook_, &Rulebook::ListMeasures,
                         "parent: '" + kClient + "' diagnosis: '" + diagnosis + "'");
    EXPECT_OK(list);
    return {list->measures().begin(), list->measures().end()};
  }
  // A concluded rule check with so many gaps; its measures in order.
  std::vector<v1::Measure> ConcludedWith(int gaps) {
    const auto created = Create();
    EXPECT_OK(created);
    AnswerAll(*created, gaps);
    EXPECT_OK(Conclude(created->name()));
    return MeasuresOf(created->name());
  }
  absl::StatusOr<v1::Measure> Decide(const std::string& measure, const std::string& more = "") {
    return As("president", *rulebook_, &Rulebook::DecideMeasure,
              "name: '" + measure + "' owner: '総務課' due_date { year: 2026 month: 12 day: 18 } " +
                  more);
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
                           : std::to_string(fact.count())) +
                      (fact.engagement().empty() ? " of client" : ""));
    }
    return facts;
  }

  test::TestKeys keys_;
  test::TestAccess access_;
  const std::shared_ptr<FixedFacts> facts_ = std::make_shared<FixedFacts>();
  std::unique_ptr<test::TestService> service_;
  std::unique_ptr<Diagnoses> diagnoses_;
  std::unique_ptr<Rulebook> rulebook_;
  std::unique_ptr<Versions> versions_;
  std::unique_ptr<SheetStub> sheets_;
  std::unique_ptr<Reviews> reviews_;
  std::unique_ptr<MeasureStub> measures_;
};

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_TESTING_H_
