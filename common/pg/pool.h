#ifndef STARACTION_COMMON_PG_POOL_H_
#define STARACTION_COMMON_PG_POOL_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "common/pg/connection.h"
#include "common/pg/transaction.h"
#include "google/protobuf/message.h"

namespace staraction::pg {

struct PoolOptions {
  std::string url;  // libpq URL or key=value; the role in it decides what can be seen
  int size = 5;     // connections at most; opened when needed, kept
  Statement::Role role = Statement::Role::kService;
  std::string service;  // short name, for records
};

// Connections to the service's schema, and the only two ways to use them. Thread safe.
class Pool {
 public:
  explicit Pool(PoolOptions options);

  // Runs `fn(Transaction&) -> StatusOr<T>` in a read-only transaction on one snapshot, in which
  // exactly the call's organization and clients are visible.
  template <typename Fn>
  auto Read(const Call& call, Fn fn) -> std::invoke_result_t<Fn, Transaction&>;

  // The one write path. Runs `fn(Transaction&) -> StatusOr<T>` (T a message) in a transaction;
  // a repeated request_id gets the stored first answer without running fn. If fn succeeds, the
  // audit entry, the client's new fact version and its announcement are written and all is
  // committed together. fn may run again after a serialization failure, so it has no effect
  // outside the transaction and calls no peer.
  template <typename Request, typename Fn>
  auto Write(const Call& call, const Request& request, Fn fn)
      -> std::invoke_result_t<Fn, Transaction&>;

  // Runs fn in a plain read-write transaction, without records: for the jobs' own tables.
  absl::Status Run(const Call& call, const std::function<absl::Status(Transaction&)>& fn);

  // An empty transaction. The first one opens a connection, with the whole catalogue prepared.
  absl::Status Ping();

  const std::string& service() const { return options_.service; }
  int size() const { return options_.size; }
  int in_use() const;
  // Callers that wait for a connection.
  int waiting() const;

 private:
  using Body = std::function<absl::Status(Transaction&)>;
  class Lease;

  absl::StatusOr<std::unique_ptr<Connection>> Take(absl::Time deadline);
  void Give(std::unique_ptr<Connection> connection);
  absl::Status InTransaction(const Call& call, const std::string& begin, const Body& body);
  absl::Status Once(const Call& call, const std::string& begin, const Body& body, bool* fresh);
  // Write without types: `answer` receives fn's answer or the stored one.
  absl::Status WriteMessage(const Call& call, const google::protobuf::Message& request,
                            google::protobuf::Message& answer, const Body& body);

  const PoolOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable given_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int open_ = 0;
  int waiting_ = 0;
};

template <typename Fn>
auto Pool::Read(const Call& call, Fn fn) -> std::invoke_result_t<Fn, Transaction&> {
  std::invoke_result_t<Fn, Transaction&> result = absl::UnknownError("not run");
  const absl::Status status = InTransaction(call, "begin isolation level repeatable read read only",
                                            [&](Transaction& tx) -> absl::Status {
                                              result = fn(tx);
                                              return result.status();
                                            });
  if (!status.ok()) return status;
  return result;
}

template <typename Request, typename Fn>
auto Pool::Write(const Call& call, const Request& request, Fn fn)
    -> std::invoke_result_t<Fn, Transaction&> {
  typename std::invoke_result_t<Fn, Transaction&>::value_type answer;
  const absl::Status status =
      WriteMessage(call, request, answer, [&](Transaction& tx) -> absl::Status {
        auto result = fn(tx);
        if (!result.ok()) return result.status();
        answer = *std::move(result);
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return answer;
}

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_POOL_H_
