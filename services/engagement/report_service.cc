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
template <typename Response, typename Item, typename Request>
absl::StatusOr<std::vector<Item>> AllPages(
    pg::Transaction& tx, Request request,
    absl::StatusOr<Response> (*list)(pg::Transaction&, const Request&),
    google::protobuf::RepeatedPtrField<Item>* (Response::*items)()) {
  std::vector<Item> all;
  request.set_page_size(kPageSize);
  do {
    SA_ASSIGN_OR_RETURN(Response page, list(tx, request));
    for (Item& item : *(page.*items)()) all.push_back(std::move(item));
    if (all.size() > kMaxRows) return TooManyRows();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

absl::StatusOr<google::api::HttpBody> Body(absl::StatusOr<std::string> file,
                                           v1::ReportFormat format) {
  if (!file.ok()) return file.status();
  google::api::HttpBody body;
  body.set_content_type(domain::MediaTypeOf(format));
  body.set_data(*std::move(file));
  return body;
}

v1::ListEngagementsRequest FilterOf(const v1::ExportPortfolioRequest& request) {
  v1::ListEngagementsRequest list;
  *list.mutable_states() = request.states();
  list.set_star(request.star());
  list.set_consultant(request.consultant());
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
                          AllPages(tx, FilterOf(*request), &ListPortfolio,
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
      v1::ListOutcomesRequest list;
      list.set_star(request->star());
      list.set_pilots(request->pilots());
      SA_ASSIGN_OR_RETURN(const auto outcomes,
                          AllPages(tx, list, &engagement::ListOutcomes,
                                   &v1::ListOutcomesResponse::mutable_outcomes));
      return Body(domain::OutcomesFile(outcomes, request->format(), call.language, call.now),
                  request->format());
    });
  });
}

}  // namespace staraction::engagement
