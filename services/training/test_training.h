#ifndef STARACTION_SERVICES_TRAINING_TEST_TRAINING_H_
#define STARACTION_SERVICES_TRAINING_TEST_TRAINING_H_

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/training/parts.h"
#include "staraction/training/v1/attempt_service.grpc.pb.h"
#include "staraction/training/v1/briefing_service.grpc.pb.h"
#include "staraction/training/v1/certificate_service.grpc.pb.h"
#include "staraction/training/v1/course_service.grpc.pb.h"
#include "staraction/training/v1/paper_service.grpc.pb.h"
#include "staraction/training/v1/report_service.grpc.pb.h"
#include "staraction/training/v1/session_service.grpc.pb.h"

namespace staraction::training {

inline constexpr char kClientA[] = "0190a000-0000-7000-8000-00000000c00a";
inline constexpr char kClientB[] = "0190a000-0000-7000-8000-00000000c00b";
inline constexpr char kEngagementA[] = "0190a000-0000-7000-8000-00000000e00a";
inline constexpr char kEngagementA2[] = "0190a000-0000-7000-8000-00000000e0a2";
inline constexpr char kEngagementB[] = "0190a000-0000-7000-8000-00000000e00b";
inline constexpr char kCourse[] = "courses/six-rules-course";

// "clients/…/members/…"; the number is 0 to 9.
inline std::string MemberName(const std::string& client, int number) {
  return absl::StrCat("clients/", client, "/members/0190a000-0000-7000-8000-00000000000", number);
}

class FixedRoster : public Roster {
 public:
  // Which client an engagement is of. Ids.
  void Open(const std::string& engagement, const std::string& client) {
    clients_["engagements/" + engagement] = "clients/" + client;
  }
  void Add(const std::string& client, int number, engagement::v1::MemberStatus status,
           bool president = false, const std::string& employment = "") {
    Person person;
    person.member.set_name(MemberName(client, number));
    person.member.set_display_name(absl::StrCat("社員", number));
    person.member.set_status(status);
    person.member.set_president(president);
    person.member.set_department(president ? "" : "製造部");
    person.employment = employment;
    person.counted = status != engagement::v1::MEMBER_STATUS_ON_LEAVE;
    if (!person.counted) person.reason = "休職中";
    people_["clients/" + client].push_back(person);
  }
  absl::StatusOr<std::vector<Person>> List(const Call&, const std::string& engagement,
                                           absl::CivilDay) override {
    return people_[clients_[engagement]];
  }
  absl::StatusOr<engagement::v1::Member> Get(const Call&, const std::string& name) override {
    for (const auto& [client, people] : people_) {
      for (const Person& person : people) {
        if (person.member.name() == name) return person.member;
      }
    }
    return NotFound(name);
  }
  absl::StatusOr<Parties> PartiesOf(const Call&, const std::string&) override {
    return Parties{"株式会社きたはま製作所", "ITC大阪"};
  }

 private:
  std::map<std::string, std::string> clients_;
  std::map<std::string, std::vector<Person>> people_;
};

// The service over a real database. Company A has a president (1), two members (2, 3) and one on
// leave (4); company B has two members (1, 2). Time stands still until Pass().
class TrainingTest : public testing::Test {
 protected:
  using Attempts = v1::AttemptService::Stub;
  using Briefings = v1::BriefingService::Stub;
  using Certificates = v1::CertificateService::Stub;
  using Courses = v1::CourseService::Stub;
  using Papers = v1::PaperService::Stub;
  using Reports = v1::ReportService::Stub;
  using Sessions = v1::SessionService::Stub;

  TrainingTest() {
    const char* organization = test::kOrganization;
    access_.Grant(organization, "consultant", common::v1::ROLE_CONSULTANT, kClientA, kEngagementA);
    access_.Grant(organization, "consultant", common::v1::ROLE_CONSULTANT, kClientA, kEngagementA2);
    access_.Grant(organization, "consultant", common::v1::ROLE_CONSULTANT, kClientB, kEngagementB);
    access_.Grant(organization, "colleague", common::v1::ROLE_CONSULTANT, kClientB, kEngagementB);
    access_.Grant(organization, "president", common::v1::ROLE_PRESIDENT, kClientA, kEngagementA);
    roster_->Open(kEngagementA, kClientA);
    roster_->Open(kEngagementA2, kClientA);
    roster_->Open(kEngagementB, kClientB);
    roster_->Add(kClientA, 1, engagement::v1::MEMBER_STATUS_ACTIVE, true);
    roster_->Add(kClientA, 2, engagement::v1::MEMBER_STATUS_ACTIVE);
    roster_->Add(kClientA, 3, engagement::v1::MEMBER_STATUS_UNSPECIFIED);
    roster_->Add(kClientA, 4, engagement::v1::MEMBER_STATUS_ON_LEAVE);
    roster_->Add(kClientB, 1, engagement::v1::MEMBER_STATUS_ACTIVE, true);
    roster_->Add(kClientB, 2, engagement::v1::MEMBER_STATUS_ACTIVE);
    Settings settings;
    settings.roster = roster_;
    settings.seeds = [this] { return ++seed_; };
    service_ = std::make_unique<test::TestService>(
        pg::Schema{"training", Migrations()}, keys_, &access_,
        [settings](Host& host) { return MakeParts(host, settings); }, [this] { return now_; });
    attempts_ = v1::AttemptService::NewStub(service_->channel());
    briefings_ = v1::BriefingService::NewStub(service_->channel());
    certificates_ = v1::CertificateService::NewStub(service_->channel());
    courses_ = v1::CourseService::NewStub(service_->channel());
    papers_ = v1::PaperService::NewStub(service_->channel());
    reports_ = v1::ReportService::NewStub(service_->channel());
    sessions_ = v1::SessionService::NewStub(service_->channel());
  }

  void Pass(absl::Duration time) { now_ += time; }
  std::string Participant(int number) const {
    return keys_.Participant(kClientA, kEngagementA, MemberName(kClientA, number));
  }
  // As Participant, of somebody who showed a second factor on the tablet at the office.
  std::string ParticipantWithFactor(int number) const {
    return keys_.Participant(kClientA, kEngagementA, MemberName(kClientA, number),
                             test::kOrganization, common::v1::CHANNEL_TABLET, true);
  }

  absl::Time now_ = absl::FromUnixSeconds(1'790'000'000);
  int64_t seed_ = 0;
  test::TestKeys keys_;
  test::TestAccess access_;
  const std::shared_ptr<FixedRoster> roster_ = std::make_shared<FixedRoster>();
  std::unique_ptr<test::TestService> service_;
  std::unique_ptr<Attempts> attempts_;
  std::unique_ptr<Briefings> briefings_;
  std::unique_ptr<Certificates> certificates_;
  std::unique_ptr<Courses> courses_;
  std::unique_ptr<Papers> papers_;
  std::unique_ptr<Reports> reports_;
  std::unique_ptr<Sessions> sessions_;
  const std::string consultant_ = keys_.User("consultant");
  const std::string colleague_ = keys_.User("colleague");
  const std::string president_ = keys_.User("president");
  const std::string stranger_ = keys_.User("consultant", test::kOtherOrganization);
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_TEST_TRAINING_H_
