#ifndef STARACTION_TESTS_ISOLATION_FILLED_H_
#define STARACTION_TESTS_ISOLATION_FILLED_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/testing/service.h"

namespace staraction::test {

// The organization of tools/run, whose company is in the dump.
inline constexpr char kVictimOrganization[] = "01900000-0000-7000-8000-000000000001";

// Another id for each id: that of a copy. `copy` is 1 to 15.
std::string CopyOfId(const std::string& uuid, int copy);

// Ids of a company and of one of its engagements.
struct Company {
  std::string client, engagement;
};

// Stands in for the check of the server layer: everybody has every role for every name.
class OpenAccess : public AccessResolver {
 public:
  // `clients`: by engagement; one that isn't there is of a client that nobody knows.
  OpenAccess(std::string user, std::map<std::string, std::string> clients)
      : user_(std::move(user)), clients_(std::move(clients)) {}
  // From now on every name is said to be about this company, and nobody sees lists of all.
  void Confine(const Company& company) { confined_ = company; }
  absl::StatusOr<engagement::v1::ResolveResponse> Resolve(
      const Call& call, const std::vector<std::string>& names) override;

 private:
  const std::string user_;
  const std::map<std::string, std::string> clients_;
  Company confined_;
};

// Fills a service's database with what tools/run leaves behind for its sample company, from the
// dump in the folder STARACTION_FILLED (tests/e2e/one_star makes it): as it is (0), and copies of
// it.
inline constexpr int kOriginal = 0;
inline constexpr int kOtherOrganizationCopy = 1;  // in an organization of its own
inline constexpr int kOtherClientCopy = 2;        // another company of the same organization
// `url`: of the database's administrator. `issuer`: of the users' tokens.
void FillDatabase(const std::string& service, const std::string& url, const std::string& issuer,
                  const std::set<int>& copies);

// Somebody with a role in their organization or, as people of companies, in their company only.
struct Person {
  std::string organization, subject;
  common::v1::Role role;
  Company company;
};
// Enters them in the engagement service's tables.
void AddPerson(const std::string& url, const std::string& issuer, const Person& person);

// The company of the dump.
Company VictimCompany();
Company CopyOf(const Company& company, int copy);
// All engagements of the company and its copies, with their clients; by id.
std::map<std::string, std::string> EngagementsOfAll();

// Deletes the organization's rows that name the victim's client or engagements: what an intruder
// wrote about them with no check in the way. With `client` only rows of that client.
void ForgetAboutVictim(const TestDatabase& database, const std::string& organization,
                       const std::string& client = "");

// Takes row-level security from every table.
void DropPolicies(const TestDatabase& database);

// Changes when any of the company's rows changes, but for those that jobs write.
std::string RowsOf(const std::string& service, const TestDatabase& database,
                   const std::string& organization, const std::string& client);

}  // namespace staraction::test

#endif  // STARACTION_TESTS_ISOLATION_FILLED_H_
