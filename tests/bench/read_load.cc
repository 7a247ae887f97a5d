// Load for a bench: reads one client by name over gRPC from several threads.
//   read-load ADDRESS TOKEN NAME SECONDS THREADS
// Prints "RPS P50_MS P99_MS ERRORS".

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

#include "common/base/clock.h"
#include "common/rpc/peer.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"

namespace staraction {
namespace {

struct Result {
  std::vector<double> milliseconds;
  int errors = 0;
};

Result Load(const std::string& address, const std::string& token, const std::string& name,
            absl::Time until, int channel_number) {
  grpc::ChannelArguments arguments;
  arguments.SetInt("staraction.bench", channel_number % 4);  // four connections in all
  const auto channel =
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
  const auto stub = engagement::v1::ClientService::NewStub(channel);
  engagement::v1::GetClientRequest request;
  request.set_name(name);
  const Clock clock = RealClock();
  Result result;
  for (absl::Time begin = clock(); begin < until;) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + token);
    context.set_deadline(absl::ToChronoTime(begin + absl::Seconds(5)));
    engagement::v1::Client client;
    if (!stub->GetClient(&context, request, &client).ok()) ++result.errors;
    const absl::Time end = clock();
    result.milliseconds.push_back(absl::ToDoubleMilliseconds(end - begin));
    begin = end;
  }
  return result;
}

int Run(char** argv) {
  const int seconds = std::atoi(argv[4]), threads = std::atoi(argv[5]);
  const absl::Time until = RealClock()() + absl::Seconds(seconds);
  std::vector<Result> results(static_cast<size_t>(threads));
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back(
        [&, i] { results[static_cast<size_t>(i)] = Load(argv[1], argv[2], argv[3], until, i); });
  }
  for (auto& worker : workers) worker.join();
  std::vector<double> all;
  int errors = 0;
  for (const Result& result : results) {
    all.insert(all.end(), result.milliseconds.begin(), result.milliseconds.end());
    errors += result.errors;
  }
  std::sort(all.begin(), all.end());
  if (all.empty()) return 1;
  std::printf("%.0f %.2f %.2f %d\n", static_cast<double>(all.size()) / seconds, all[all.size() / 2],
              all[all.size() * 99 / 100], errors);
  return 0;
}

}  // namespace
}  // namespace staraction

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fprintf(stderr, "usage: read-load ADDRESS TOKEN NAME SECONDS THREADS\n");
    return 2;
  }
  return staraction::Run(argv);
}
