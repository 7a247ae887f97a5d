// The service behind the gateways that are measured: answers at once, without a database.
//   bench_gateway_backend PORT
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <cstdlib>
#include <string>

#include "absl/synchronization/mutex.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.grpc.pb.h"

namespace staraction::gatewaytest::v1 {
namespace {

class Backend final : public ShelfService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetShelf(grpc::CallbackServerContext* context,
                                     const GetShelfRequest* request, Shelf* shelf) override {
    shelf->set_name(request->name());
    shelf->set_display_name("情報セキュリティ関連の書類がある棚");
    shelf->set_books(4711);
    shelf->mutable_create_time()->set_seconds(1'764'000'000);
    for (const char* tag : {"reviewed", "locked cabinet", "second floor"}) shelf->add_tags(tag);
    return Done(context);
  }
  grpc::ServerUnaryReactor* CreateShelf(grpc::CallbackServerContext* context,
                                        const CreateShelfRequest* request, Shelf* shelf) override {
    *shelf = request->shelf();
    shelf->set_name(request->parent() + "/shelves/1");
    return Done(context);
  }

 private:
  static grpc::ServerUnaryReactor* Done(grpc::CallbackServerContext* context) {
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

}  // namespace
}  // namespace staraction::gatewaytest::v1

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  if (argc != 2) return 2;
  staraction::gatewaytest::v1::Backend backend;
  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddListeningPort(std::string("127.0.0.1:") + argv[1], grpc::InsecureServerCredentials());
  builder.RegisterService(&backend);
  const auto server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  server->Wait();
}
