// Tries the walls of a running system, with the company of a dump and two copies of it:
//   try-walls REQUESTS GATEWAY_URL KEYS_DIR DATABASE_URL SERVICE=HOST:PORT…
// Loads the dump of STARACTION_FILLED, so the database has nothing else in it; DATABASE_URL is the
// administrator's. Exit code 0: no answer, header or time tells anything.

#include <cstdlib>
#include <iostream>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/auth/signer.h"
#include "common/base/clock.h"
#include "common/pg/connection.h"
#include "common/rpc/peer.h"
#include "tests/isolation/filled.h"
#include "tests/isolation/rest_transport.h"
#include "tests/isolation/walls.h"

namespace staraction::test {
namespace {

constexpr char kIssuer[] = "http://staraction.localhost";
// What a difference of times must exceed to count, and the planted one that must be seen.
constexpr absl::Duration kLeast = absl::Milliseconds(1), kPlanted = absl::Milliseconds(5);
constexpr size_t kPlantedPairs = 60;

[[noreturn]] void Die(const std::string& what) {
  std::cerr << "try-walls: " << what << std::endl;
  std::exit(2);
}

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  if (!value.ok()) Die(value.status().ToString());
  return *std::move(value);
}

struct Settings {
  int requests = 0;
  std::string gateway, keys, database;
  std::map<std::string, std::string> services;  // addresses
};

Settings Read(const std::vector<std::string>& arguments) {
  Settings settings;
  if (arguments.size() < 6 || !absl::SimpleAtoi(arguments[1], &settings.requests)) {
    Die("want REQUESTS GATEWAY_URL KEYS_DIR DATABASE_URL SERVICE=HOST:PORT…");
  }
  settings.gateway = arguments[2];
  settings.keys = arguments[3];
  settings.database = arguments[4];
  for (size_t i = 5; i < arguments.size(); ++i) {
    const std::vector<std::string> parts = absl::StrSplit(arguments[i], '=');
    if (parts.size() != 2) Die(arguments[i] + ": want SERVICE=HOST:PORT");
    settings.services[parts[0]] = parts[1];
  }
  return settings;
}

// The channels by full service name. What all services serve (facts) is asked of the first.
std::map<std::string, std::shared_ptr<grpc::Channel>> Channels(const Settings& settings) {
  std::map<std::string, std::shared_ptr<grpc::Channel>> of_service, channels;
  for (const auto& [name, address] : settings.services) of_service[name] = OpenChannel(address);
  for (const auto* service : SchemaServices()) {
    const std::vector<std::string> parts = absl::StrSplit(service->full_name(), '.');
    const auto found = of_service.find(parts[1]);
    channels[service->full_name()] =
        found == of_service.end() ? of_service.at("engagement") : found->second;
  }
  return channels;
}

// A link of a company's member, as its holder's token names it.
ParticipantToken LinkOf(const Settings& settings, const Company& company) {
  const auto connection = OrDie(pg::Connection::OpenBare(settings.database));
  const pg::Rows rows = OrDie(connection->ExecText(absl::StrCat(
      "select participant_link_id, engagement_id, member_id from engagement.participant_link "
      "where client_id = '",
      company.client, "' and not revoked limit 1")));
  if (rows.empty()) Die("the dump has no participant's link");
  ParticipantToken token;
  token.organization = kVictimOrganization;
  token.client = company.client;
  token.link = rows[0].Text("participant_link_id");
  token.engagement = rows[0].Text("engagement_id");
  token.members = {
      absl::StrCat("clients/", company.client, "/members/", rows[0].Text("member_id"))};
  return token;
}

// Everybody, and what each may see.
class Cast {
 public:
  explicit Cast(const Settings& settings)
      : users_(OrDie(TokenSigner::FromFile(settings.keys + "/users.jwk", RealClock()))),
        links_(Links(settings, RealClock())),
        old_links_(Links(settings, [] { return RealClock()() - absl::Hours(1); })) {
    const Person people[] = {
        {kVictimOrganization, "unassigned", common::v1::ROLE_CONSULTANT, {}},
        {kVictimOrganization, "neighbour", common::v1::ROLE_PRESIDENT, neighbour_},
        {kVictimOrganization, "reporter", common::v1::ROLE_REPORTING, {}},
        {kVictimOrganization, "manager", common::v1::ROLE_SECURITY_MANAGER, victim_}};
    for (const Person& person : people) AddPerson(settings.database, kIssuer, person);
    link_ = LinkOf(settings, neighbour_);
    victims_link_ = LinkOf(settings, victim_);
  }

  void Look(Transport& transport) {
    inside_.Add("clients/" + victim_.client);
    inside_.Add("engagements/" + victim_.engagement);
    book_ = Read(transport, User("consultant"), victim_);
    other_book_ = Read(transport, User("consultant", other_organization_), other_);
    neighbour_book_ = Read(transport, User("neighbour"), neighbour_);
    book_.Forget(other_book_);
    book_.Forget(neighbour_book_);
    // The administrator sees the organization's other company, too.
    std::set<std::string> others = {neighbour_.client};
    for (const auto& [engagement, client] : EngagementsOfAll()) {
      if (client == neighbour_.client) others.insert(engagement);
    }
    book_.ForgetIds(others);
    // The organization's users are no secret within it.
    for (NameBook* own : {&neighbour_book_, &inside_, &nothing_}) {
      for (const std::string& user : book_.Of("users/*")) own->Add(user);
    }
  }
  const NameBook& victim() const { return book_; }

  // With fresh tokens.
  std::vector<Intruder> Intruders() const {
    return {
        {"another organization", User("consultant", other_organization_), &other_book_},
        {"a consultant without access", User("unassigned"), &nothing_},
        {"another company's president", User("neighbour"), &neighbour_book_},
        {"another company's participant", OrDie(links_.Participant(link_)), &neighbour_book_},
        {"the reporting role", User("reporter"), &nothing_},
        {"a lower role of the company", User("manager"), &inside_, true,
         common::v1::ROLE_SECURITY_MANAGER},
        {"a participant of the company", OrDie(links_.Participant(victims_link_)), &inside_, true,
         common::v1::ROLE_PARTICIPANT},
        {"an expired participant", OrDie(old_links_.Participant(victims_link_)), &inside_, true}};
  }

 private:
  static TokenSigner Links(const Settings& settings, Clock clock) {
    return OrDie(
        TokenSigner::FromFile(settings.keys + "/internal/engagement.jwk", std::move(clock)));
  }
  std::string User(const std::string& subject,
                   const std::string& organization = kVictimOrganization) const {
    UserToken token;
    token.issuer = kIssuer;
    token.subject = subject;
    token.organization = organization;
    return OrDie(users_.User(token));
  }
  static NameBook Read(Transport& transport, const std::string& token, const Company& company) {
    NameBook book;
    book.Add("clients/" + company.client);
    book.Add("engagements/" + company.engagement);
    Crawl(transport, SchemaServices(), token, book);
    return book;
  }

  const TokenSigner users_, links_, old_links_;
  const Company victim_ = VictimCompany();
  const Company other_ = CopyOf(victim_, kOtherOrganizationCopy);
  const Company neighbour_ = CopyOf(victim_, kOtherClientCopy);
  const std::string other_organization_ = CopyOfId(kVictimOrganization, kOtherOrganizationCopy);
  ParticipantToken link_, victims_link_;
  NameBook book_, other_book_, neighbour_book_, inside_, nothing_;
};

// Takes longer where a name of the victim's company comes.
class SlowTransport : public Transport {
 public:
  SlowTransport(Transport& real, std::string client) : real_(real), client_(std::move(client)) {}
  std::string name() const override { return "slow"; }
  bool Serves(const google::protobuf::MethodDescriptor& method) const override {
    return real_.Serves(method);
  }
  Answer Send(const google::protobuf::MethodDescriptor& method,
              const google::protobuf::Message& request, const std::string& token) override {
    const absl::Time begin = RealClock()();
    if (request.SerializePartialAsString().find(client_) != std::string::npos) {
      std::this_thread::sleep_for(absl::ToChronoNanoseconds(kPlanted));
    }
    Answer answer = real_.Send(method, request, token);
    answer.took = RealClock()() - begin;
    return answer;
  }

 private:
  Transport& real_;
  const std::string client_;
};

template <typename Fn>
void ForEachMethod(Fn fn) {
  for (const auto* service : SchemaServices()) {
    for (int i = 0; i < service->method_count(); ++i) fn(*service->method(i));
  }
}

// Whether the 5 ms that are planted into every tenth method are seen in each of them.
bool SeesPlantedDelay(Transport& transport, const Cast& cast) {
  SlowTransport slow(transport, VictimCompany().client);
  NameBook client;
  client.Add("clients/" + VictimCompany().client);
  Walls walls(slow, client, 1, 3);
  int number = 0;
  ForEachMethod([&](const google::protobuf::MethodDescriptor& method) {
    if (++number % 10 != 0) return;
    for (size_t i = 0; i < kPlantedPairs; ++i) walls.Try(method, cast.Intruders()[1]);
  });
  size_t seen = 0;
  for (const auto& [method, pairs] : walls.times()) seen += TellsByTime(pairs, kLeast) ? 1 : 0;
  std::cout << "a planted delay of " << kPlanted << ": seen in " << seen << " of "
            << walls.methods() << " methods" << std::endl;
  return seen == walls.methods() && seen > 0;
}

// Prints what came of it; whether nothing leaked.
bool Report(const Walls& walls, const std::string& by) {
  std::cout << by << ": " << walls.requests() << " requests, " << walls.methods() << " methods, "
            << walls.leaks().size() << " leaks;";
  for (const auto& [code, count] : walls.codes()) std::cout << " " << code << " " << count;
  absl::Duration largest;
  bool tight = walls.leaks().empty();
  for (const auto& [method, pairs] : walls.times()) {
    if (pairs.size() >= kPlantedPairs) {
      largest = std::max(largest, absl::AbsDuration(MedianDifference(pairs)));
    }
    if (!TellsByTime(pairs, kLeast)) continue;
    tight = false;
    std::cout << "\n"
              << method << " tells by time: " << MedianDifference(pairs) << " in " << pairs.size()
              << " pairs";
  }
  std::cout << "; largest median difference of times " << largest << std::endl;
  for (const Leak& leak : walls.leaks()) std::cout << leak.Text() << std::endl;
  return tight;
}

int Run(const Settings& settings) {
  for (const auto& [name, address] : settings.services) {
    FillDatabase(name, settings.database, kIssuer,
                 {kOriginal, kOtherOrganizationCopy, kOtherClientCopy});
  }
  GrpcTransport grpc(Channels(settings));
  RestTransport rest(settings.gateway);
  Cast cast(settings);
  cast.Look(grpc);
  std::cout << cast.victim().size() << " names of the victim's" << std::endl;
  Walls by_grpc(grpc, cast.victim(), 1, 1), by_rest(rest, cast.victim(), 1, 2);
  while (by_grpc.requests() + by_rest.requests() < settings.requests) {
    const std::vector<Intruder> intruders = cast.Intruders();
    ForEachMethod([&](const google::protobuf::MethodDescriptor& method) {
      for (const Intruder& intruder : intruders) {
        by_grpc.Try(method, intruder);
        by_rest.Try(method, intruder);
      }
    });
  }
  const bool tight = Report(by_grpc, "gRPC") & Report(by_rest, "REST");
  return SeesPlantedDelay(grpc, cast) && tight ? 0 : 1;
}

}  // namespace
}  // namespace staraction::test

int main(int argc, char** argv) {
  return staraction::test::Run(staraction::test::Read(std::vector<std::string>(argv, argv + argc)));
}
