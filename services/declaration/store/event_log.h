#ifndef STARACTION_SERVICES_DECLARATION_STORE_EVENT_LOG_H_
#define STARACTION_SERVICES_DECLARATION_STORE_EVENT_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "common/pg/transaction.h"
#include "common/resource/name.h"

namespace staraction::declaration {

// An append-only table of acts on a resource: a message without name is the row, its fields are
// columns of the same names; besides, the row has the ids of the resource's name, client_id,
// event_id and the sequence in which rows came. Without types; use EventLog<T>.
class UntypedEventLog {
 public:
  // `pattern` is that of the resource.
  UntypedEventLog(const std::string& table, const std::string& pattern,
                  const google::protobuf::Descriptor* (*type)());

  // An event of each of these resources, in this order, in one statement.
  using Entry = std::pair<std::string, const google::protobuf::Message*>;
  absl::Status AppendAll(pg::Transaction& tx, const std::vector<Entry>& entries) const;
  absl::StatusOr<pg::Rows> Read(pg::Transaction& tx, const std::string& name) const;
  void FromRow(const pg::Row& row, google::protobuf::Message& event) const;

 private:
  std::vector<std::string> Columns() const;
  std::string InsertSql(const std::string& table) const;
  std::string SelectSql(const std::string& table) const;

  const std::string pattern_;
  const google::protobuf::Descriptor* (*type_)();
  pg::Statement insert_;
  pg::Statement select_;
};

template <typename T>
class EventLog {
 public:
  EventLog(const std::string& table, const std::string& pattern)
      : log_(table, pattern, &T::descriptor) {}

  absl::Status Append(pg::Transaction& tx, const std::string& name, const T& event) const {
    return log_.AppendAll(tx, {{name, &event}});
  }
  // One event of each of these resources, in one statement.
  absl::Status AppendAll(pg::Transaction& tx,
                         const std::vector<std::pair<std::string, T>>& events) const {
    std::vector<UntypedEventLog::Entry> entries;
    entries.reserve(events.size());
    for (const auto& [name, event] : events) entries.emplace_back(name, &event);
    return log_.AppendAll(tx, entries);
  }
  // All events of a resource, oldest first.
  absl::StatusOr<std::vector<T>> List(pg::Transaction& tx, const std::string& name) const {
    auto rows = log_.Read(tx, name);
    if (!rows.ok()) return rows.status();
    std::vector<T> events;
    for (const pg::Row row : *rows) log_.FromRow(row, events.emplace_back());
    return events;
  }

 private:
  UntypedEventLog log_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_STORE_EVENT_LOG_H_
