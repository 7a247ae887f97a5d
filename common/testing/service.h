#ifndef STARACTION_COMMON_TESTING_SERVICE_H_
#define STARACTION_COMMON_TESTING_SERVICE_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/service/host.h"
#include "common/testing/postgres.h"

namespace staraction::test {

// Ids that tests use: two organizations, and clients of the first.
inline constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";
inline constexpr char kOtherOrganization[] = "0190a000-0000-7000-8000-000000000002";

// Keys of a user issuer and of all services, a verifier that trusts them, and tokens.
class TestKeys {
 public:
  TestKeys();
  std::shared_ptr<TokenVerifier> verifier() const { return verifier_; }
  std::shared_ptr<TokenSigner> signer(const std::string& service) const;
  std::string User(const std::string& subject,
                   const std::string& organization = kOrganization) const;
  std::string Participant(const std::string& client, const std::string& engagement,
                          const std::string& member,
                          const std::string& organization = kOrganization,
                          common::v1::Channel channel = common::v1::CHANNEL_LINK,
                          bool second_factor = false) const;

 private:
  std::map<std::string, std::shared_ptr<TokenSigner>> signers_;
  std::shared_ptr<TokenVerifier> verifier_;
};

// Stands in for the engagement service where one service is tested alone: who may do what is said
// by the test. Names under clients/{c} and engagements/{e} are known only if granted to somebody.
class TestAccess : public AccessResolver {
 public:
  // User `subject` has the role in the client and its engagement (ids); ADMIN and REPORTING also
  // in the organization.
  void Grant(const std::string& organization, const std::string& subject, common::v1::Role role,
             const std::string& client, const std::string& engagement);
  absl::StatusOr<engagement::v1::ResolveResponse> Resolve(
      const Call& call, const std::vector<std::string>& names) override;

 private:
  struct Entry {
    std::string organization, subject, client, engagement;
    common::v1::Role role;
  };
  std::vector<Entry> entries_;
};

// A service in this process on a port of its own, over a fresh database and real gRPC.
class TestService {
 public:
  using Make = std::function<absl::StatusOr<std::shared_ptr<void>>(Host& host)>;
  // With `access` null the service brings its own resolver (engagement).
  TestService(const pg::Schema& schema, TestKeys& keys, AccessResolver* access, const Make& make,
              Clock clock = RealClock(), std::map<std::string, std::string> peers = {},
              std::shared_ptr<Credentials> credentials = nullptr);
  ~TestService();

  TestDatabase& database() { return database_; }
  Host& host() { return *host_; }
  // In plaintext: of no use where there are credentials.
  std::shared_ptr<grpc::Channel> channel() const { return channel_; }
  std::string address() const;
  // Stops and starts the service over the same database.
  void Restart();

 private:
  void Start();

  const pg::Schema schema_;
  TestKeys& keys_;
  AccessResolver* access_;
  const Make make_;
  const Clock clock_;
  const std::map<std::string, std::string> peers_;
  const std::shared_ptr<Credentials> credentials_;
  TestDatabase database_;
  std::unique_ptr<Host> host_;
  std::shared_ptr<void> parts_;
  std::shared_ptr<grpc::Channel> channel_;
};

// Calls a method with a token; details survive in the status.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> CallAs(const std::string& token, Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) {
  grpc::ClientContext context;
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  context.set_deadline(absl::ToChronoTime(RealClock()() + absl::Seconds(20)));
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromGrpc(status);
  return response;
}

}  // namespace staraction::test

#endif  // STARACTION_COMMON_TESTING_SERVICE_H_
