#include "common/pg/pool.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/clock.h"
#include "common/pg/errors.h"
#include "common/status/errors.h"

namespace staraction::pg {
namespace {

constexpr int kMaxRuns = 4;

// Begin and settings in one message. The ids are UUIDs made by us, and quoted all the same.
std::string BeginText(const Connection& connection, const Call& call, const std::string& begin,
                      absl::Duration time_left) {
  return absl::StrCat(begin, "; select set_config('app.organization', ",
                      connection.Quote(call.organization()), ", true), set_config('app.clients', ",
                      connection.Quote(absl::StrJoin(call.access.clients, ",")),
                      ", true), set_config('app.portfolio', ",
                      connection.Quote(call.access.portfolio),
                      ", true), set_config('statement_timeout', '",
                      std::max<int64_t>(1, absl::ToInt64Milliseconds(time_left)), "', true)");
}

}  // namespace

Pool::Pool(PoolOptions options) : options_(std::move(options)) {}

int Pool::in_use() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return open_ - static_cast<int>(idle_.size());
}

int Pool::waiting() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return waiting_;
}

absl::StatusOr<std::unique_ptr<Connection>> Pool::Take(absl::Time deadline) {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    ++waiting_;
    const bool free = given_.wait_until(lock, absl::ToChronoTime(deadline),
                                        [this] { return !idle_.empty() || open_ < options_.size; });
    --waiting_;
    if (!free) {
      return TryAgain(absl::StatusCode::kResourceExhausted, error::v1::ERROR_REASON_OVERLOADED,
                      "no database connection became free in time", "混み合っています");
    }
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    ++open_;
  }
  auto connection = Connection::Open(options_.url, options_.role);
  if (!connection.ok()) Give(nullptr);
  return connection;
}

void Pool::Give(std::unique_ptr<Connection> connection) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (connection == nullptr) {
      --open_;
    } else {
      idle_.push_back(std::move(connection));
    }
  }
  given_.notify_one();
}

absl::Status Pool::Ping() {
  const Call call = SystemCall(options_.service, "", "", RealClock()(), absl::Seconds(5));
  return InTransaction(call, "begin read only", [](Transaction&) { return absl::OkStatus(); });
}

absl::Status Pool::Once(const Call& call, const std::string& begin, const Body& body, bool* fresh) {
  auto connection = Take(call.deadline);
  if (!connection.ok()) return connection.status();
  const absl::Duration time_left = call.deadline - RealClock()();
  absl::Status status =
      (*connection)->ExecText(BeginText(**connection, call, begin, time_left)).status();
  // A connection that died while idle: nothing has happened yet, so another one may try.
  *fresh = !status.ok() && IsBroken(status);
  if (status.ok()) {
    Transaction transaction(**connection, call);
    status = body(transaction);
    if (status.ok()) {
      status = (*connection)->ExecText("commit").status();
    } else if (!IsBroken(status) && !(*connection)->ExecText("rollback").ok()) {
      Give(nullptr);
      return status;
    }
  }
  Give(IsBroken(status) ? nullptr : *std::move(connection));
  return status;
}

absl::Status Pool::InTransaction(const Call& call, const std::string& begin, const Body& body) {
  absl::Status status;
  for (int run = 0; run < kMaxRuns; ++run) {
    bool fresh = false;
    status = Once(call, begin, body, &fresh);
    if (!fresh && !IsRetryable(status)) break;
  }
  return status;
}

absl::Status Pool::Run(const Call& call, const Body& fn) {
  return InTransaction(call, "begin", fn);
}

}  // namespace staraction::pg
