#ifndef STARACTION_TESTS_ISOLATION_ISOLATION_H_
#define STARACTION_TESTS_ISOLATION_ISOLATION_H_

#include <grpcpp/channel.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "staraction/common/v1/policy.pb.h"

namespace staraction::test {

// Who calls, and names of things that exist, for one running service.
struct IsolationSetup {
  std::shared_ptr<grpc::Channel> channel;
  // Services of that process, by full name.
  std::vector<std::string> services;
  // Token of somebody with this role in the client (or the organization), and in no other way.
  std::map<common::v1::Role, std::string> tokens;
  std::string unassigned;  // token of a consultant without access to the client
  std::string foreigner;   // token of another organization's administrator
  std::string client;      // "clients/{client}" that exists
  std::string engagement;  // "engagements/{engagement}" of that client, or ""
};

// Calls every method of the services, made up from the descriptors:
//   without a token                                    → UNAUTHENTICATED
//   with each role that lacks the method's permission  → PERMISSION_DENIED
//   as an unassigned consultant, about the client      → PERMISSION_DENIED
//   as another organization, about the client          → the very answer that a name gets which
//                                                        never existed
// Each wrong answer is a test failure that names method and caller. Returns how many calls it made.
int CheckIsolation(const IsolationSetup& setup);

}  // namespace staraction::test

#endif  // STARACTION_TESTS_ISOLATION_ISOLATION_H_
