// Each of a service's two walls alone keeps strangers out: the check of the server layer, and
// row-level security; with what tools/run leaves behind for its sample company. SERVICE_HEADER says
// which service: it defines `UnderTest`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/testing/service.h"
#include "tests/isolation/filled.h"
#include "tests/isolation/untried.h"
#include "tests/isolation/walls.h"

#include SERVICE_HEADER

namespace staraction::test {
namespace {

// How many of the victim's names of each kind every field gets.
constexpr size_t kNames = 2;
constexpr char kIssuer[] = "https://issuer.test";  // of TestKeys
constexpr char kUser[] = "0190a000-0000-7000-8000-0000000000aa";

class OneWallTest : public testing::Test {
 protected:
  // Without `access` the service checks by its own (which only the engagement service has).
  void Start(AccessResolver* access) {
    service_ = std::make_unique<TestService>(pg::Schema{UnderTest::Name(), UnderTest::Migrations()},
                                             keys_, access, [access](Host& host) {
                                               auto parts = UnderTest::Make(host);
                                               if (access != nullptr) host.SetAccess(*access);
                                               return parts;
                                             });
    FillDatabase(UnderTest::Name(), service_->database().admin_url(), kIssuer,
                 {kOriginal, kOtherOrganizationCopy, kOtherClientCopy});
    std::map<std::string, std::shared_ptr<grpc::Channel>> channels;
    for (const std::string& name : UnderTest::Services()) {
      channels[name] = service_->channel();
      descriptors_.push_back(
          google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name));
    }
    transport_ = std::make_unique<GrpcTransport>(std::move(channels));
  }

  std::string Token(const std::string& organization = kVictimOrganization,
                    const std::string& subject = "consultant") {
    return keys_.User(subject, organization);
  }

  // What may be found about a company from the names of it and of its engagement.
  NameBook Read(const std::string& token, const Company& company) {
    NameBook book;
    book.Add("clients/" + company.client);
    book.Add("engagements/" + company.engagement);
    Crawl(*transport_, descriptors_, token, book);
    return book;
  }

  // Tries every method as each of them; the victim's rows stay as they are.
  Walls Try(const NameBook& victim, const std::vector<Intruder>& intruders,
            std::function<void()> after_change = nullptr, bool only_scope = false) {
    const std::string before = Rows();
    Walls walls(*transport_, victim, kNames, 1);
    walls.AfterChange(std::move(after_change));
    if (only_scope) walls.OnlyScope();
    walls.MayTell(victim_.client);  // the open check says whose an engagement is
    for (const Intruder& intruder : intruders) {
      for (const auto* service : descriptors_) {
        for (int i = 0; i < service->method_count(); ++i) walls.Try(*service->method(i), intruder);
      }
    }
    unchanged_ = Rows() == before;
    std::cout << walls.requests() << " requests, " << victim.size() << " names, " << walls.methods()
              << " methods, of which " << Leaking(walls).size() << " leak;";
    for (const auto& [code, count] : walls.codes()) std::cout << " " << code << " " << count;
    std::cout << std::endl;
    return walls;
  }
  std::string Rows() {
    return RowsOf(UnderTest::Name(), service_->database(), kVictimOrganization, victim_.client);
  }
  static std::set<std::string> Leaking(const Walls& walls) {
    std::set<std::string> methods;
    for (const Leak& leak : walls.leaks()) methods.insert(leak.method);
    return methods;
  }
  // UNTRIED_DIR: of the checked-in lists.
  static std::string UntriedList() {
    std::ifstream file(absl::StrCat(UNTRIED_DIR, "/", UnderTest::Name(), ".txt"));
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  void ExpectTight(const Walls& walls) {
    EXPECT_TRUE(unchanged_) << "rows of the victim were changed";
    for (const Leak& leak : walls.leaks()) ADD_FAILURE() << leak.Text();
  }
  // Somebody of the victim's organization or another one, with a role in a company or in none.
  void Admit(const Person& person) {
    access_.Grant(person.organization, person.subject, person.role, person.company.client,
                  person.company.engagement);
    if (UnderTest::Name() == "engagement") {
      AddPerson(service_->database().admin_url(), kIssuer, person);
    }
  }

  const Company victim_ = VictimCompany();
  const Company other_ = CopyOf(victim_, kOtherOrganizationCopy);
  const Company neighbour_ = CopyOf(victim_, kOtherClientCopy);
  const std::string other_organization_ = CopyOfId(kVictimOrganization, kOtherOrganizationCopy);
  TestKeys keys_;
  TestAccess access_;
  OpenAccess open_{kUser, EngagementsOfAll()};
  std::unique_ptr<TestService> service_;
  std::vector<const google::protobuf::ServiceDescriptor*> descriptors_;
  std::unique_ptr<GrpcTransport> transport_;
  bool unchanged_ = false;
};

// With the check switched off an organization sees none of another one's.
TEST_F(OneWallTest, RowsAloneKeepOrganizationsApart) {
  Start(&open_);
  const NameBook own = Read(Token(other_organization_), other_);
  NameBook victim = Read(Token(), victim_);
  victim.Forget(own);
  const Walls walls = Try(victim, {{"another organization", Token(other_organization_), &own}},
                          [this] { ForgetAboutVictim(service_->database(), other_organization_); });
  ExpectTight(walls);
  // Equal answers say something only of fields that were reached.
  for (const std::string& fault : CompareUntried(walls.tried(), UntriedList())) {
    ADD_FAILURE() << "untried/" << UnderTest::Name() << ".txt: " << fault;
  }
}

// Tables that are read to find out who may see which client: rows keep organizations apart, and
// only the check keeps the organization's companies apart.
const char* const kReadsWithinOrganization = "staraction.engagement.v1.ClientService.ListAccesses";
const char* const kWithinOrganization[] = {"clients/*/accesses/*", "sessions/*/attendances/*",
                                           "sessions/*"};

// The same between two companies of one organization.
TEST_F(OneWallTest, RowsAloneKeepCompaniesApart) {
  Start(&open_);
  NameBook victim = Read(Token(), victim_);
  for (const char* kind : kWithinOrganization) victim.ForgetKind(kind);
  open_.Confine(neighbour_);
  const NameBook own = Read(Token(), neighbour_);
  victim.Forget(own);
  Walls walls = Try(victim, {{"another company", Token(), &own}}, [this] {
    ForgetAboutVictim(service_->database(), kVictimOrganization, neighbour_.client);
  });
  walls.Forgive(kReadsWithinOrganization);
  ExpectTight(walls);
}

// With policies off the check still refuses names of others as what a call is about (other fields
// are looked up among the rows that the call sees); that of the engagement service itself, and for
// the others one that says the same.
TEST_F(OneWallTest, TheCheckAloneRefuses) {
  Start(UnderTest::Name() == "engagement" ? nullptr : &access_);
  Admit({kVictimOrganization, "consultant", common::v1::ROLE_ADMIN, victim_});
  Admit({other_organization_, "consultant", common::v1::ROLE_ADMIN, other_});
  Admit({kVictimOrganization, "unassigned", common::v1::ROLE_CONSULTANT, {}});
  Admit({kVictimOrganization, "neighbour", common::v1::ROLE_PRESIDENT, neighbour_});
  Admit({kVictimOrganization, "reporter", common::v1::ROLE_REPORTING, {}});
  Admit({kVictimOrganization, "manager", common::v1::ROLE_SECURITY_MANAGER, victim_});
  NameBook victim = Read(Token(), victim_);
  const NameBook other = Read(Token(other_organization_), other_);
  const NameBook neighbour = Read(Token(kVictimOrganization, "neighbour"), neighbour_);
  NameBook nothing, inside;
  inside.Add("clients/" + victim_.client);
  inside.Add("engagements/" + victim_.engagement);
  victim.Forget(other);
  DropPolicies(service_->database());
  ExpectTight(
      Try(victim,
          {{"another organization", Token(other_organization_), &other},
           {"a consultant without access", Token(kVictimOrganization, "unassigned"), &nothing},
           {"another company", Token(kVictimOrganization, "neighbour"), &neighbour},
           {"the reporting role", Token(kVictimOrganization, "reporter"), &nothing},
           {"a lower role", Token(kVictimOrganization, "manager"), &inside, true,
            common::v1::ROLE_SECURITY_MANAGER}},
          nullptr, true));
}

// The name of what a call makes is the service's to give: "CreateVisit visit.name".
bool IsNameInTheMaking(const std::string& field) {
  return absl::StrContains(field, ".Create") && absl::EndsWith(field, ".name");
}

// The fault that the tests above must see: neither check nor policies. First the check says that
// each name is the caller's own, which shows rows that are found by id; then whose it is, which
// shows those that are found by the client. Not every field that is reached can leak: a new row
// goes below a client that isn't there as well, since clients are another service's rows; a list
// by somebody foreign is as empty as one by nobody; and some names are compared with others of the
// request before they are looked up. So it is a share, the service's own.
TEST_F(OneWallTest, WithoutEitherWallThereIsNothingLeft) {
  Start(&open_);
  NameBook victim = Read(Token(), victim_);
  open_.Confine(neighbour_);
  const NameBook own = Read(Token(), neighbour_);
  victim.Forget(own);
  DropPolicies(service_->database());
  std::set<std::string> reached, leaking;
  for (const Company& said : {neighbour_, Company()}) {
    open_.Confine(said);
    const Walls walls = Try(victim, {{"another company", Token(), &own}});
    for (const auto& [field, how] : walls.tried()) {
      if (IsNameInTheMaking(field)) continue;
      if (how.past_shape || how.leaked) reached.insert(field);
      if (how.leaked) leaking.insert(field);
    }
  }
  std::string tight;
  for (const std::string& field : reached) {
    if (leaking.count(field) == 0) absl::StrAppend(&tight, "\n", field);
  }
  std::cout << leaking.size() << " of " << reached.size() << " fields leak" << std::endl;
  ASSERT_GT(reached.size(), 0U);
  EXPECT_GE(100 * leaking.size() / reached.size(), static_cast<size_t>(LeastLeaking(UntriedList())))
      << "these don't:" << tight;
}

}  // namespace
}  // namespace staraction::test
