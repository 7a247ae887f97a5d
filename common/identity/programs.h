#ifndef STARACTION_COMMON_IDENTITY_PROGRAMS_H_
#define STARACTION_COMMON_IDENTITY_PROGRAMS_H_

#include <string>
#include <vector>

// Which programs there are and who calls whom: the one place that says so. Settings, the lists of
// allowed callers and the network policies follow from it.
namespace staraction {

// The two callers that are no services.
inline constexpr char kGateway[] = "gateway";    // calls every service, for users
inline constexpr char kOperator[] = "operator";  // staractl, and probes that hold its certificate

struct Service {
  std::string name;
  int port;                        // gRPC; metrics and probes on port + 1000
  std::vector<std::string> peers;  // the services that it calls
};

// All services, in the order of their ports.
const std::vector<Service>& Services();

// Null if there is no service of that name.
const Service* FindService(const std::string& name);

// "127.0.0.1:7102"; where a service is found unless a setting says otherwise.
std::string LocalAddress(const Service& service);

// The services that have this one as a peer.
std::vector<std::string> CallersOf(const std::string& service);

// Whether it is a service, the gateway or the operator.
bool IsProgram(const std::string& name);

}  // namespace staraction

#endif  // STARACTION_COMMON_IDENTITY_PROGRAMS_H_
