#ifndef STARACTION_SERVICES_DECLARATION_SERVICE_TEST_FIXTURE_H_
#define STARACTION_SERVICES_DECLARATION_SERVICE_TEST_FIXTURE_H_

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/declaration/engagement_reader.h"
#include "services/declaration/parts.h"
#include "staraction/declaration/v1/campaign_service.grpc.pb.h"
#include "staraction/declaration/v1/declaration_service.grpc.pb.h"
#include "staraction/declaration/v1/inquiry_service.grpc.pb.h"
#include "staraction/declaration/v1/pledge_scan_service.grpc.pb.h"
#include "staraction/declaration/v1/publication_service.grpc.pb.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction::declaration {

inline constexpr char kClient[] = "0190a000-0000-7000-8000-0000000000c1";
inline constexpr char kOtherClient[] = "0190a000-0000-7000-8000-0000000000c2";
inline constexpr char kEngagement[] = "0190a000-0000-7000-8000-0000000000e1";
inline const std::string kClientName = absl::StrCat("clients/", kClient);
inline const std::string kEngagementName = absl::StrCat("engagements/", kEngagement);

inline std::string MemberId(int number) {
  return absl::StrCat("0190a000-0000-7000-8000-00000000010", number);
}
inline std::string MemberName(int number) {
  return kClientName + "/members/" + MemberId(number);
}

// What the engagement service would say; tests change it.
class FixedEngagements final : public EngagementReader {
 public:
  FixedEngagements() {
    engagement.set_name(kEngagementName);
    engagement.set_client(kClientName);
    engagement.set_star(1);
    auto& editions = *engagement.mutable_editions();
    editions.set_rule_list("six-rules");
    editions.set_declaration_procedure("portal-2026");
    editions.set_pledge_text("six-rules-everybody");
    editions.set_president_pledge_text("six-rules-president");
    editions.set_policy_pledge_text("policy-everybody");
    editions.set_president_policy_pledge_text("policy-president");
    client.set_name(kClientName);
    client.set_kind(engagement::v1::CLIENT_KIND_COMPANY);
    client.set_legal_name("株式会社𠮷野髙製作所");
    client.set_corporate_number("7123456789012");
    client.set_representative_title("代表取締役");
    client.set_representative_name("山﨑 髙志");
    client.set_postal_code("540-0000");
    client.set_address("大阪府大阪市中央区1-1");
    client.set_industry("MANUFACTURING");
    client.set_employee_count(12);
    client.set_capital_yen(10000000);
    AddMember(1, "山﨑 髙志", engagement::v1::MEMBER_STATUS_ACTIVE).set_president(true);
    AddMember(2, "𠮷田 花子", engagement::v1::MEMBER_STATUS_ACTIVE);
    AddMember(3, "佐藤 次郎", engagement::v1::MEMBER_STATUS_ON_LEAVE);
    AddMember(4, "鈴木 三郎", engagement::v1::MEMBER_STATUS_LEFT);
    for (const char* code : {"RULES_ACKNOWLEDGED", "FIELDS_COMPLETE", "GBIZID_READY"}) {
      auto* criterion = readiness.add_criteria();
      criterion->set_code(code);
      criterion->set_official(true);
      criterion->set_verdict(engagement::v1::CriterionState::VERDICT_MET);
    }
  }

  engagement::v1::Member& AddMember(int number, const std::string& name,
                                    engagement::v1::MemberStatus status) {
    auto& member = roster.emplace_back();
    member.set_name(MemberName(number));
    member.set_staff_number(absl::StrCat("S", number));
    member.set_display_name(name);
    member.set_department("製造部");
    member.set_status(status);
    return member;
  }

  absl::StatusOr<engagement::v1::Engagement> GetEngagement(const Call&,
                                                           const std::string& name) override {
    if (name != engagement.name()) return NotFound(name);
    return engagement;
  }
  absl::StatusOr<engagement::v1::Client> GetClient(const Call&, const std::string&) override {
    return client;
  }
  absl::StatusOr<std::vector<domain::RosterPerson>> ListRoster(const Call&,
                                                               const std::string&) override {
    using Entry = engagement::v1::RosterEntry;
    std::vector<domain::RosterPerson> people;
    for (const auto& member : roster) {
      Entry entry;
      *entry.mutable_member() = member;
      entry.set_counted(member.status() == engagement::v1::MEMBER_STATUS_ACTIVE);
      if (member.status() == engagement::v1::MEMBER_STATUS_LEFT) {
        entry.add_reasons(Entry::REASON_LEFT);
      }
      entry.set_reason_text(entry.counted() ? "" : "休職中");
      domain::AddPerson(entry, people);
    }
    return people;
  }
  absl::StatusOr<std::vector<domain::RosterPerson>> ReadRoster(const Call& call,
                                                               const std::string& name) override {
    return ListRoster(call, name);
  }
  absl::StatusOr<engagement::v1::Readiness> RefreshReadiness(const Call&,
                                                             const std::string& name) override {
    if (name != engagement.name()) return NotFound(name);
    if (readiness_silent) {
      return TryAgain(absl::StatusCode::kUnavailable, error::v1::ERROR_REASON_PEER_UNAVAILABLE,
                      "silent", "応答なし");
    }
    return readiness;
  }

  engagement::v1::Engagement engagement;
  engagement::v1::Client client;
  std::vector<engagement::v1::Member> roster;
  engagement::v1::Readiness readiness;
  bool readiness_silent = false;
};

inline constexpr char kPolicyText[] =
    "情報セキュリティ基本方針\n"
    "当社は、金属加工の仕事でお預かりする図面とお客様の情報を、事故や犯罪から守ります。\n"
    "1. 経営者は、情報セキュリティを経営の責任として、体制と資源を整えます。\n"
    "2. 社内に担当者を置き、正式なルールを定めて守ります。\n"
    "3. 働く人全員に必要な知識を学ぶ機会を設けます。\n"
    "制定日 2026年9月1日\n";

// What the document service would say; tests change it. Jobs read it too.
class FixedDocuments final : public DocumentReader {
 public:
  FixedDocuments() {
    Approve(document::v1::DOCUMENT_KIND_BASIC_POLICY, "情報セキュリティ基本方針", 1);
    Approve(document::v1::DOCUMENT_KIND_REGULATIONS, "情報セキュリティ規程", 2);
  }
  static std::string Revision(document::v1::DocumentKind kind, int number) {
    return absl::StrCat(kClientName, "/documents/0190a000-0000-7000-8000-0000000d00", kind,
                        "/revisions/0190a000-0000-7000-8000-0000000e000", number);
  }
  // The revision with this number takes the place of what held.
  void Approve(document::v1::DocumentKind kind, const std::string& title, int number) {
    document::v1::Approved approved;
    approved.set_kind(kind);
    approved.set_title(title);
    approved.set_number(number);
    approved.set_revision(Revision(kind, number));
    approved.set_digest(absl::StrCat("digest-of-", kind, "-", number));
    *approved.mutable_approve_date() = ToProtoDate(absl::CivilDay(2026, 9, 1));
    approved.set_approver_display_name("山﨑 髙志");
    approved.set_text(kPolicyText);
    approved.set_pdf(absl::StrCat("%PDF-1.7 ", title, " ", number));
    const std::lock_guard<std::mutex> lock(mutex_);
    approved_[kind] = approved;
  }
  // The policy holds with these words.
  void ApproveText(const std::string& text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    approved_[document::v1::DOCUMENT_KIND_BASIC_POLICY].set_text(text);
  }
  void Withdraw(document::v1::DocumentKind kind) {
    const std::lock_guard<std::mutex> lock(mutex_);
    approved_.erase(kind);
  }
  absl::StatusOr<std::vector<document::v1::Approved>> ListApproved(
      const Call&, const document::v1::ListApprovedRequest& request) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<document::v1::Approved> found;
    for (const int kind : request.kinds()) {
      const auto held = approved_.find(kind);
      if (held == approved_.end()) continue;
      found.push_back(held->second);
      if (!request.with_text()) found.back().clear_text();
      if (!request.with_pdf()) found.back().clear_pdf();
    }
    return found;
  }

 private:
  std::mutex mutex_;
  std::map<int, document::v1::Approved> approved_;
};

// What the diagnosis service would say; tests change it.
class FixedDiagnoses final : public DiagnosisReader {
 public:
  absl::StatusOr<std::optional<diagnosis::v1::Diagnosis>> FindSelfDiagnosis(
      const Call&, const std::string&) override {
    return diagnosis;
  }
  std::optional<diagnosis::v1::Diagnosis> diagnosis;
};

// Waits, at most some seconds, until `done` says so: for jobs, which run on a thread of their own.
inline bool Eventually(const std::function<bool()>& done) {
  const absl::Time end = RealClock()() + absl::Seconds(20);
  while (!done()) {
    if (RealClock()() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

// The service over a real database and real gRPC; it is the afternoon of 2026-10-01 (JST).
class ServiceTest : public ::testing::Test {
 protected:
  ServiceTest() {
    access_.Grant(test::kOrganization, "consultant", common::v1::ROLE_CONSULTANT, kClient,
                  kEngagement);
    access_.Grant(test::kOrganization, "president", common::v1::ROLE_PRESIDENT, kClient,
                  kEngagement);
    access_.Grant(test::kOrganization, "elsewhere", common::v1::ROLE_CONSULTANT, kOtherClient,
                  "0190a000-0000-7000-8000-0000000000e2");
    service_ = std::make_unique<test::TestService>(
        pg::Schema{"declaration", Migrations()}, keys_, &access_,
        [this](Host& host) {
          PartsOptions options;
          options.scan_program = SCAN_PROGRAM;
          options.page_program = PAGE_PROGRAM;
          options.page_allowed = {"127.0.0.1"};
          options.engagements = engagements_;
          options.documents = documents_;
          options.diagnoses = diagnoses_;
          return MakeParts(host, options);
        },
        // Every reading is a second later, so that acts have an order.
        [this] {
          return absl::FromCivil(absl::CivilHour(2026, 10, 1, 12), Tokyo()) +
                 absl::Seconds(readings_++);
        });
    campaigns_ = v1::CampaignService::NewStub(service_->channel());
    pledge_scans_ = v1::PledgeScanService::NewStub(service_->channel());
    declarations_ = v1::DeclarationService::NewStub(service_->channel());
    inquiries_ = v1::InquiryService::NewStub(service_->channel());
    publications_ = v1::PublicationService::NewStub(service_->channel());
    facts_ = fact::v1::FactService::NewStub(service_->channel());
  }

  std::string Consultant() const { return keys_.User("consultant"); }
  std::string Member(int number) const {
    return keys_.Participant(kClient, kEngagement, MemberName(number));
  }

  std::vector<fact::v1::Fact> CollectFacts() {
    fact::v1::CollectFactsRequest request;
    request.set_client(kClientName);
    auto call = service_->host().ServiceCall(test::kOrganization, kClient, absl::Seconds(10));
    EXPECT_OK(call);
    const auto sheet =
        test::CallAs(call->token, *facts_, &fact::v1::FactService::Stub::CollectFacts, request);
    EXPECT_OK(sheet);
    return {sheet->facts().begin(), sheet->facts().end()};
  }
  // Facts about the engagement as "code=value" texts, without those about single people.
  std::vector<std::string> Facts() {
    std::vector<std::string> facts;
    for (const auto& fact : CollectFacts()) {
      if (!fact.subject().empty() || fact.engagement().empty()) continue;
      EXPECT_EQ(fact.engagement(), kEngagementName) << fact.code();
      std::string value = fact.text();
      if (fact.has_truth()) value = fact.truth() ? "true" : "false";
      if (fact.has_count()) value = absl::StrCat(fact.count());
      if (fact.has_ratio()) value = absl::StrCat(fact.ratio());
      facts.push_back(fact.code() + "=" + value);
    }
    return facts;
  }
  // Inquiries to which an answer is owed, and those of them that are overdue.
  std::pair<int64_t, int64_t> OpenInquiries() {
    std::pair<int64_t, int64_t> counts = {-1, -1};
    for (const auto& fact : CollectFacts()) {
      if (fact.code() == "inquiry.open") counts.first = fact.count();
      if (fact.code() == "inquiry.overdue") counts.second = fact.count();
    }
    return counts;
  }
  // Members who are to be reminded of their pledge.
  std::vector<std::string> Due() {
    std::vector<std::string> members;
    for (const auto& fact : CollectFacts()) {
      if (fact.code() == "pledge.due") members.push_back(fact.subject());
    }
    return members;
  }

  std::atomic<int> readings_{0};
  test::TestKeys keys_;
  test::TestAccess access_;
  std::shared_ptr<FixedEngagements> engagements_ = std::make_shared<FixedEngagements>();
  std::shared_ptr<FixedDocuments> documents_ = std::make_shared<FixedDocuments>();
  std::shared_ptr<FixedDiagnoses> diagnoses_ = std::make_shared<FixedDiagnoses>();
  std::unique_ptr<test::TestService> service_;
  std::unique_ptr<v1::CampaignService::Stub> campaigns_;
  std::unique_ptr<v1::PledgeScanService::Stub> pledge_scans_;
  std::unique_ptr<v1::DeclarationService::Stub> declarations_;
  std::unique_ptr<v1::InquiryService::Stub> inquiries_;
  std::unique_ptr<v1::PublicationService::Stub> publications_;
  std::unique_ptr<fact::v1::FactService::Stub> facts_;
};

// Fields of the violations of a BadRequest.
inline std::vector<std::string> BadFields(const absl::Status& status) {
  std::vector<std::string> fields;
  if (const auto detail = GetDetail<google::rpc::BadRequest>(status)) {
    for (const auto& violation : detail->field_violations()) fields.push_back(violation.field());
  }
  return fields;
}

// Subjects of the violations of a PreconditionFailure.
inline std::vector<std::string> Unmet(const absl::Status& status) {
  std::vector<std::string> subjects;
  if (const auto detail = GetDetail<google::rpc::PreconditionFailure>(status)) {
    for (const auto& violation : detail->violations()) subjects.push_back(violation.subject());
  }
  return subjects;
}

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_SERVICE_TEST_FIXTURE_H_
