#ifndef STARACTION_COMMON_PG_TABLE_H_
#define STARACTION_COMMON_PG_TABLE_H_

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/macros.h"
#include "common/pg/table_sql.h"
#include "common/pg/transaction.h"
#include "common/resource/name.h"
#include "common/resource/page.h"

namespace staraction::pg {

// The standard statements of one resource's table, without types. Use Table<T>.
class UntypedTable {
 public:
  UntypedTable(const google::protobuf::Descriptor* (*type)(), TableSpec spec);

  absl::Status Get(Transaction& tx, const std::string& name, bool lock,
                   google::protobuf::Message& out) const;
  absl::Status Insert(Transaction& tx, google::protobuf::Message& message) const;
  absl::Status InsertAll(Transaction& tx,
                         const std::vector<google::protobuf::Message*>& messages) const;
  absl::Status Update(Transaction& tx, google::protobuf::Message& message) const;
  absl::StatusOr<Rows> List(Transaction& tx, const std::string& parent, const PageQuery& page,
                            bool show_deleted) const;
  // Made at first use, when all schemas are linked in.
  const TableLayout& layout() const;

 private:
  const google::protobuf::Descriptor* (*type_)();
  const TableSpec spec_;
  mutable std::once_flag made_;
  mutable std::unique_ptr<const TableLayout> layout_;
  Statement get_;
  Statement lock_;
  Statement insert_;
  Statement insert_all_;
  Statement update_;
  Statement list_;
};

template <typename T>
struct ListPage {
  std::vector<T> items;
  std::string next_page_token;  // "" at the end
};

// The id after which a page starts: "" or a UUID; INVALID_ARGUMENT if a forged token says else.
absl::StatusOr<std::string> AfterUuid(const PageQuery& page);

// The List response of a page: ToResponse(page, &ListUsersResponse::mutable_users).
template <typename Response, typename T>
Response ToResponse(ListPage<T> page, google::protobuf::RepeatedPtrField<T>* (Response::*items)()) {
  Response response;
  for (T& item : page.items) *(response.*items)()->Add() = std::move(item);
  response.set_next_page_token(std::move(page.next_page_token));
  return response;
}

// A resource's table: the generated message is the row. Define one constant per resource in the
// store; special statements stand beside it and use FromRow and SelectList.
template <typename T>
class Table {
 public:
  explicit Table(TableSpec spec) : table_(&T::descriptor, std::move(spec)) {}

  // NOT_FOUND if the transaction sees no such row. A soft-deleted row is found.
  absl::StatusOr<T> Get(Transaction& tx, const std::string& name) const {
    T out;
    SA_RETURN_IF_ERROR(table_.Get(tx, name, false, out));
    return out;
  }
  // As Get, and nobody else changes the row until this transaction ends. For Update and verbs.
  absl::StatusOr<T> Lock(Transaction& tx, const std::string& name) const {
    T out;
    SA_RETURN_IF_ERROR(table_.Get(tx, name, true, out));
    return out;
  }
  // Sets create_time, update_time (where the message has them) and etag. The name is the caller's.
  absl::StatusOr<T> Insert(Transaction& tx, T message) const {
    SA_RETURN_IF_ERROR(table_.Insert(tx, message));
    return message;
  }
  // As Insert of each, in one statement for up to 2,000 of them.
  absl::Status InsertAll(Transaction& tx, std::vector<T>& messages) const {
    std::vector<google::protobuf::Message*> all;
    all.reserve(messages.size());
    for (T& message : messages) all.push_back(&message);
    return table_.InsertAll(tx, all);
  }
  // Stores all fields if the row still has the version of `message.etag()`, which came from Get or
  // Lock; else ABORTED. Sets update_time and the new etag.
  absl::StatusOr<T> Update(Transaction& tx, T message) const {
    SA_RETURN_IF_ERROR(table_.Update(tx, message));
    return message;
  }
  // One page of the rows under `parent` ("" for collections without one) in order of their ids,
  // which is the order of creation. `request` is the List request.
  template <typename Request>
  absl::StatusOr<ListPage<T>> List(Transaction& tx, const std::string& parent,
                                   const Request& request, bool show_deleted = false) const {
    SA_ASSIGN_OR_RETURN(const PageQuery page,
                        ReadPage(request.page_size(), request.page_token(), request, 1));
    SA_ASSIGN_OR_RETURN(const Rows rows, table_.List(tx, parent, page, show_deleted));
    return ToPage(rows, page, request);
  }
  // The page that these rows make, one more than `page.size` if there is a next one; for lists
  // with statements of their own that are in order of ids too.
  template <typename Request>
  ListPage<T> ToPage(const Rows& rows, const PageQuery& page, const Request& request) const {
    ListPage<T> out;
    for (const Row row : rows) {
      if (static_cast<int>(out.items.size()) == page.size) {
        out.next_page_token = NextToken(request, {LastId(out.items.back().name())});
        break;
      }
      out.items.push_back(FromRow(row));
    }
    return out;
  }

  T FromRow(const Row& row) const {
    T out;
    table_.layout().FromRow(row, out);
    SetEtag(out, row.Int("version"));
    return out;
  }
  std::string SelectList() const { return table_.layout().SelectList(); }
  const TableLayout& layout() const { return table_.layout(); }

 private:
  static void SetEtag(T& message, int64_t version);

  UntypedTable table_;
};

// Sets the etag field, if the message has one.
void SetEtagField(google::protobuf::Message& message, int64_t version);

template <typename T>
void Table<T>::SetEtag(T& message, int64_t version) {
  SetEtagField(message, version);
}

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_TABLE_H_
