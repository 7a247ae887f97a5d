#ifndef STARACTION_SERVICES_GATEWAY_TESTDATA_SHELF_SERVER_H_
#define STARACTION_SERVICES_GATEWAY_TESTDATA_SHELF_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.grpc.pb.h"

namespace staraction::gateway::test {

// A real gRPC server of the test schema. The shelf's id says what happens: "missing", "bare" (an
// error without details), "slow" (until cancelled), "down" (UNAVAILABLE, without details, once),
// "sick" (UNAVAILABLE in the service's own words), "broken" (no valid text), "big".
class ShelfServer : public gatewaytest::v1::ShelfService::Service {
 public:
  ShelfServer() { Listen("127.0.0.1:0"); }
  ~ShelfServer() override { Stop(); }

  void Listen(const std::string& address) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port_);
    builder.SetMaxReceiveMessageSize(32 << 20);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  void Stop() {
    if (server_ != nullptr) server_->Shutdown(absl::ToChronoTime(RealClock()()));
    server_.reset();
  }

  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }
  int calls() const { return calls_; }
  int cancelled() const { return cancelled_; }
  int written() const { return written_; }  // messages of streams
  // Of the last call.
  std::string Metadata(const std::string& name) {
    const absl::MutexLock lock(&mutex_);
    return metadata_[name];
  }
  absl::Duration time_left() {
    const absl::MutexLock lock(&mutex_);
    return time_left_;
  }

  grpc::Status GetShelf(grpc::ServerContext* context,
                        const gatewaytest::v1::GetShelfRequest* request,
                        gatewaytest::v1::Shelf* shelf) override {
    Note(*context);
    const std::string& name = request->name();
    if (absl::EndsWith(name, "/missing")) {
      return ToGrpc(ToWire(NotFound(name), "gatewaytest.staraction", Language::kEnglish));
    }
    if (absl::EndsWith(name, "/bare")) return {grpc::StatusCode::UNKNOWN, "secret of a library"};
    if (absl::EndsWith(name, "/down")) return {grpc::StatusCode::UNAVAILABLE, "not now"};
    if (absl::EndsWith(name, "/sick")) {
      return ToGrpc(ToWire(
          TryAgain(absl::StatusCode::kUnavailable, error::v1::ERROR_REASON_DATABASE_UNAVAILABLE,
                   "no database", "データベースに接続できません", absl::Seconds(7)),
          "gatewaytest.staraction", Language::kEnglish));
    }
    if (absl::EndsWith(name, "/slow")) return WaitForTheEnd(*context);
    if (absl::EndsWith(name, "/pause")) absl::SleepFor(absl::Milliseconds(500));
    if (absl::EndsWith(name, "/big")) shelf->set_display_name(std::string(5 << 20, 'x'));
    if (absl::EndsWith(name, "/huge")) shelf->set_picture(std::string(21 << 20, 'x'));
    shelf->set_name(name);
    if (absl::EndsWith(name, "/kept")) shelf->set_etag("\"v7\"");
    return grpc::Status::OK;
  }

  grpc::Status UpdateShelf(grpc::ServerContext* context,
                           const gatewaytest::v1::UpdateShelfRequest* request,
                           gatewaytest::v1::Shelf* shelf) override {
    Note(*context);
    if (absl::EndsWith(request->shelf().name(), "/down")) {
      return {grpc::StatusCode::UNAVAILABLE, "not now"};
    }
    *shelf = request->shelf();
    shelf->add_tags(request->request_id());
    return grpc::Status::OK;
  }

  grpc::Status DeleteShelf(grpc::ServerContext* context, const gatewaytest::v1::DeleteShelfRequest*,
                           gatewaytest::v1::Nothing*) override {
    Note(*context);
    return grpc::Status::OK;
  }

  grpc::Status ImportShelves(grpc::ServerContext* context,
                             const gatewaytest::v1::ImportShelvesRequest* request,
                             gatewaytest::v1::ListShelvesResponse* response) override {
    Note(*context);
    auto* shelf = response->add_shelves();
    shelf->set_display_name(request->file().content_type());
    shelf->set_books(static_cast<int64_t>(request->file().data().size()));
    return grpc::Status::OK;
  }

  grpc::Status ExportShelves(grpc::ServerContext* context, const gatewaytest::v1::GetShelfRequest*,
                             google::api::HttpBody* file) override {
    Note(*context);
    file->set_content_type("text/csv; charset=utf-8");
    file->set_data(std::string("a,b\r\n\0\xff", 7));
    return grpc::Status::OK;
  }

  // As many shelves as asked for; "/slow" waits for the end after them, "/missing" ends with an
  // error.
  grpc::Status WatchShelf(grpc::ServerContext* context,
                          const gatewaytest::v1::WatchShelfRequest* request,
                          grpc::ServerWriter<gatewaytest::v1::Shelf>* writer) override {
    Note(*context);
    gatewaytest::v1::Shelf shelf;
    shelf.set_name(request->name());
    shelf.set_picture(std::string(static_cast<size_t>(request->size()), 'x'));
    for (int i = 0; i < request->count(); ++i) {
      shelf.set_books(i);
      if (!writer->Write(shelf)) break;
      ++written_;
    }
    if (absl::EndsWith(request->name(), "/slow")) return WaitForTheEnd(*context);
    if (!absl::EndsWith(request->name(), "/missing")) return grpc::Status::OK;
    return ToGrpc(ToWire(NotFound(request->name()), "gatewaytest.staraction", Language::kEnglish));
  }

  grpc::Status CountBooks(grpc::ServerContext* context,
                          grpc::ServerReader<gatewaytest::v1::Shelf>* reader,
                          gatewaytest::v1::Shelf* sum) override {
    Note(*context);
    for (gatewaytest::v1::Shelf shelf; reader->Read(&shelf);) {
      sum->set_books(sum->books() + shelf.books());
    }
    return grpc::Status::OK;
  }

  grpc::Status EchoShelves(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<gatewaytest::v1::Shelf, gatewaytest::v1::Shelf>* stream) override {
    Note(*context);
    for (gatewaytest::v1::Shelf shelf; stream->Read(&shelf);) stream->Write(shelf);
    return grpc::Status::OK;
  }

  grpc::Status Greet(grpc::ServerContext* context, const gatewaytest::v1::GreetRequest*,
                     gatewaytest::v1::Shelf*) override {
    Note(*context);
    return grpc::Status::OK;
  }

 private:
  void Note(const grpc::ServerContext& context) {
    ++calls_;
    const absl::MutexLock lock(&mutex_);
    metadata_.clear();
    for (const auto& [name, value] : context.client_metadata()) {
      metadata_[std::string(name.data(), name.size())] = std::string(value.data(), value.size());
    }
    time_left_ = absl::FromChrono(context.deadline()) - RealClock()();
  }

  grpc::Status WaitForTheEnd(const grpc::ServerContext& context) {
    for (int i = 0; i < 2000 && !context.IsCancelled(); ++i) absl::SleepFor(absl::Milliseconds(5));
    if (context.IsCancelled()) ++cancelled_;
    return grpc::Status::CANCELLED;
  }

  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  std::atomic<int> calls_ = 0;
  std::atomic<int> cancelled_ = 0;
  std::atomic<int> written_ = 0;
  absl::Mutex mutex_;
  std::map<std::string, std::string> metadata_;
  absl::Duration time_left_;
};

}  // namespace staraction::gateway::test

#endif  // STARACTION_SERVICES_GATEWAY_TESTDATA_SHELF_SERVER_H_
