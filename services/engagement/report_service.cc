#include "services/engagement/report_service.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/engagement/domain/report_table.h"
#include "services/engagement/store/outcomes.h"
#include "services/engagement/store/portfolio.h"

namespace staraction::engagement {
namespace {

// A file of so many lines stays below the 16 MiB that one reply may have.
constexpr size_t kMaxRows = 50'000;
constexpr int kPageSize = 1000;

absl::Status TooManyRows() {
  return MakeError(absl::StatusCode::kInvalidArgument, error::v1::ERROR_REASON_TOO_LARGE,
                   absl::StrCat("more than ", kMaxRows, " engagements; ask by star or state"),
                   absl::StrCat("対象が ", kMaxRows, " 件を超えています。星や状態で絞ってください"),
                   {{"limit", absl::StrCat(kMaxRows)}});
}

// All pages of a list, in the one snapshot of the transaction.
template <typename Request, typename Response, typename Take>
absl::Status ForEachPage(pg::Transaction& tx, Request request,
                         absl::StatusOr<Response> (*list)(pg::Transaction&, const Request&),
                         Take take) {
  request.set_page_size(kPageSize);
  do {
    SA_ASSIGN_OR_RETURN(Response page, list(tx, request));
    request.set_page_token(page.next_page_token());
    SA_RETURN_IF_ERROR(take(page));
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

template <typename Response, typename Item>
using Items = google::protobuf::RepeatedPtrField<Item>* (Response::*)();

template <typename Request, typename Response, typename Item>
absl::StatusOr<std::vector<Item>> AllItems(pg::Transaction& tx, const Request& request,
                                           absl::StatusOr<Response> (*list)(pg::Transaction&,
                                                                            const Request&),
                                           Items<Response, Item> items) {
  std::vector<Item> all;
  SA_RETURN_IF_ERROR(ForEachPage(tx, request, list, [&](Response& page) -> absl::Status {
    for (Item& item : *(page.*items)()) all.push_back(std::move(item));
    return all.size() > kMaxRows ? TooManyRows() : absl::OkStatus();
  }));
  return all;
}

// Each page becomes a message of the stream.
template <typename Request, typename Response, typename Item, typename Part>
absl::Status StreamPages(pg::Pool& pool, const Call& call, const Request& request,
                         absl::StatusOr<Response> (*list)(pg::Transaction&, const Request&),
                         Items<Response, Item> items, Items<Part, Item> part_items,
                         ResponseStream<Part>& stream) {
  bool begun = false;
  const auto streamed = pool.Read(call, [&](pg::Transaction& tx) -> absl::StatusOr<bool> {
    // A second try would tell again what has been told.
    if (std::exchange(begun, true)) return absl::InternalError("the stream was interrupted");
    SA_RETURN_IF_ERROR(ForEachPage(tx, request, list, [&](Response& page) -> absl::Status {
      Part part;
      (part.*part_items)()->Swap((page.*items)());
      if (stream.Write(std::move(part))) return absl::OkStatus();
      return absl::CancelledError("nobody reads the stream any more");
    }));
    return true;
  });
  if (streamed.ok()) stream.End(grpc::Status::OK);
  return streamed.status();
}

absl::StatusOr<google::api::HttpBody> Body(absl::StatusOr<std::string> file,
                                           v1::ReportFormat format) {
  if (!file.ok()) return file.status();
  google::api::HttpBody body;
  body.set_content_type(domain::MediaTypeOf(format));
  body.set_data(*std::move(file));
  return body;
}

template <typename Request>
v1::ListEngagementsRequest PortfolioOf(const Request& request) {
  v1::ListEngagementsRequest list;
  *list.mutable_states() = request.states();
  list.set_star(request.star());
  list.set_consultant(request.consultant());
  list.set_pilots(request.pilots());
  return list;
}

template <typename Request>
v1::ListOutcomesRequest OutcomesOf(const Request& request) {
  v1::ListOutcomesRequest list;
  list.set_star(request.star());
  list.set_pilots(request.pilots());
  return list;
}

}  // namespace

ReportService::Reactor* ReportService::ExportPortfolio(Context* context,
                                                       const v1::ExportPortfolioRequest* request,
                                                       google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](pg::Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
      SA_ASSIGN_OR_RETURN(const auto engagements,
                          AllItems(tx, PortfolioOf(*request), &ListPortfolio,
                                   &v1::ListEngagementsResponse::mutable_engagements));
      return Body(domain::PortfolioFile(engagements, request->format(), call.language, call.now),
                  request->format());
    });
  });
}

ReportService::Reactor* ReportService::ListOutcomes(Context* context,
                                                    const v1::ListOutcomesRequest* request,
                                                    v1::ListOutcomesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call,
                      [&](pg::Transaction& tx) { return engagement::ListOutcomes(tx, *request); });
  });
}

ReportService::Reactor* ReportService::ExportOutcomes(Context* context,
                                                      const v1::ExportOutcomesRequest* request,
                                                      google::api::HttpBody* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](pg::Transaction& tx) -> absl::StatusOr<google::api::HttpBody> {
      SA_ASSIGN_OR_RETURN(const auto outcomes,
                          AllItems(tx, OutcomesOf(*request), &engagement::ListOutcomes,
                                   &v1::ListOutcomesResponse::mutable_outcomes));
      return Body(domain::OutcomesFile(outcomes, request->format(), call.language, call.now),
                  request->format());
    });
  });
}

grpc::ServerWriteReactor<v1::StreamPortfolioResponse>* ReportService::StreamPortfolio(
    Context* context, const v1::StreamPortfolioRequest* request) {
  using Part = v1::StreamPortfolioResponse;
  return rpc_.Stream<v1::StreamPortfolioRequest, Part>(
      context, request, [this, request](const Call& call, const auto& stream) {
        return StreamPages(pool_, call, PortfolioOf(*request), &ListPortfolio,
                           &v1::ListEngagementsResponse::mutable_engagements,
                           &Part::mutable_engagements, *stream);
      });
}

grpc::ServerWriteReactor<v1::StreamOutcomesResponse>* ReportService::StreamOutcomes(
    Context* context, const v1::StreamOutcomesRequest* request) {
  using Part = v1::StreamOutcomesResponse;
  return rpc_.Stream<v1::StreamOutcomesRequest, Part>(
      context, request, [this, request](const Call& call, const auto& stream) {
        return StreamPages(pool_, call, OutcomesOf(*request), &engagement::ListOutcomes,
                           &v1::ListOutcomesResponse::mutable_outcomes, &Part::mutable_outcomes,
                           *stream);
      });
}

}  // namespace staraction::engagement
