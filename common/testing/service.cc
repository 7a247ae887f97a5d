#include "common/testing/service.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/auth/jwk.h"

namespace staraction::test {
namespace {

constexpr char kIssuer[] = "https://issuer.test";
const char* const kServices[] = {"engagement", "training",    "diagnosis", "asset",  "risk",
                                 "document",   "declaration", "operator",  "gateway"};

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::cerr << "test service: " << value.status() << std::endl;
    std::exit(2);
  }
  return *std::move(value);
}

}  // namespace

TestKeys::TestKeys() {
  const auto add = [this](const std::string& kid, std::vector<Jwk>& keys) {
    Jwk key = OrDie(Jwk::Generate(Algorithm::kEs256, kid));
    keys.push_back(key);
    signers_[kid] = std::make_shared<TokenSigner>(std::move(key), RealClock());
  };
  std::vector<Jwk> users, internal;
  add("users", users);
  for (const char* service : kServices) add(service, internal);
  TokenVerifierOptions options;
  UserIssuer issuer;
  issuer.issuer = kIssuer;
  issuer.keys = OrDie(StaticKeys(ToPublicJwks(users)));
  options.user_issuers.push_back(issuer);
  options.internal_keys = OrDie(StaticKeys(ToPublicJwks(internal)));
  verifier_ = OrDie(TokenVerifier::Create(std::move(options), RealClock()));
}

std::shared_ptr<TokenSigner> TestKeys::signer(const std::string& service) const {
  return signers_.at(service);
}

std::string TestKeys::User(const std::string& subject, const std::string& organization) const {
  UserToken token;
  token.issuer = kIssuer;
  token.subject = subject;
  token.organization = organization;
  return OrDie(signers_.at("users")->User(token));
}

std::string TestKeys::Participant(const std::string& client, const std::string& engagement,
                                  const std::string& member, const std::string& organization,
                                  common::v1::Channel channel, bool second_factor) const {
  ParticipantToken token;
  token.channel = channel;
  token.second_factor = second_factor;
  token.link = "0190a000-0000-7000-8000-0000000000f1";
  token.organization = organization;
  token.client = client;
  token.engagement = engagement;
  token.members = {member};
  return OrDie(signers_.at("engagement")->Participant(token));
}

void TestAccess::Grant(const std::string& organization, const std::string& subject,
                       common::v1::Role role, const std::string& client,
                       const std::string& engagement) {
  entries_.push_back({organization, subject, client, engagement, role});
}

absl::StatusOr<engagement::v1::ResolveResponse> TestAccess::Resolve(
    const Call& call, const std::vector<std::string>& names) {
  engagement::v1::ResolveResponse response;
  const bool participant = call.principal.kind == Principal::Kind::kParticipant;
  std::vector<Entry> held;
  if (participant) {
    held.push_back({call.principal.organization, "", call.principal.client,
                    call.principal.engagement, common::v1::ROLE_PARTICIPANT});
  }
  for (const Entry& entry : entries_) {
    if (!participant && entry.organization == call.organization() &&
        entry.subject == call.principal.subject) {
      held.push_back(entry);
    }
  }
  for (const Entry& entry : held) response.add_roles(entry.role);
  if (!participant && !held.empty()) response.set_user_id("0190a000-0000-7000-8000-0000000000aa");
  for (const std::string& name : names) {
    const std::vector<std::string> parts = absl::StrSplit(name, '/');
    auto* resolution = response.add_resolutions();
    for (const Entry& entry : held) {
      const bool client = parts[0] == "clients" && parts.size() > 1 && parts[1] == entry.client;
      const bool engagement =
          parts[0] == "engagements" && parts.size() > 1 && parts[1] == entry.engagement;
      if (!client && !engagement) continue;
      resolution->set_client("clients/" + entry.client);
      if (engagement) resolution->set_engagement("engagements/" + entry.engagement);
      resolution->add_roles(entry.role);
    }
  }
  return response;
}

TestService::TestService(const pg::Schema& schema, TestKeys& keys, AccessResolver* access,
                         const Make& make, Clock clock, std::map<std::string, std::string> peers,
                         std::shared_ptr<Credentials> credentials)
    : schema_(schema),
      keys_(keys),
      access_(access),
      make_(make),
      clock_(std::move(clock)),
      peers_(std::move(peers)),
      credentials_(std::move(credentials)),
      database_(schema) {
  Start();
}

TestService::~TestService() {
  host_->Stop(absl::Seconds(5));
  parts_.reset();
}

void TestService::Start() {
  HostOptions options;
  options.schema = schema_;
  options.database_url = database_.service_url();
  options.jobs_database_url = database_.jobs_url();
  options.verifier = keys_.verifier();
  options.signer = keys_.signer(schema_.service);
  options.peers = peers_;
  options.credentials = credentials_;
  options.clock = clock_;
  options.gauge_cache = absl::ZeroDuration();
  host_ = OrDie(Host::Create(std::move(options)));
  if (access_ != nullptr) host_->SetAccess(*access_);
  parts_ = OrDie(make_(*host_));
  const absl::Status started = host_->Start();
  if (!started.ok()) OrDie(absl::StatusOr<int>(started));
  channel_ = OpenChannel(address());
}

void TestService::Restart() {
  host_->Stop(absl::Seconds(5));
  host_.reset();
  parts_.reset();
  Start();
}

std::string TestService::address() const {
  return absl::StrCat("127.0.0.1:", host_->port());
}

}  // namespace staraction::test
