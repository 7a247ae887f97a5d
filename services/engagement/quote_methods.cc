// Offerings and quotes of EngagementService.

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/domain/plan.h"
#include "services/engagement/domain/pricing.h"
#include "services/engagement/engagement_service.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

constexpr char kOfferings[] = "offerings/";

std::string PackOf(const content::v1::Offering& offering) {
  return absl::StrCat(offering.pack().urn(), "@", offering.pack().version());
}

v1::Offering ToMessage(const content::v1::Offering& content) {
  v1::Offering offering;
  offering.set_name(kOfferings + content.id());
  offering.set_display_name(content.display_name().ja());
  offering.set_star(content.star());
  for (const auto& line : content.scope()) offering.add_scope(line.ja());
  offering.set_min_price_yen(content.pricing().min_yen());
  offering.set_max_price_yen(content.pricing().max_yen());
  offering.set_min_months(content.min_months());
  offering.set_max_months(content.max_months());
  for (const auto& option : content.pricing().options()) {
    auto* entry = offering.add_options();
    entry->set_code(option.code());
    entry->set_label(option.label().ja());
    entry->set_price_yen(option.yen_each());
    entry->set_max_count(option.max_count());
  }
  offering.set_pack(PackOf(content));
  return offering;
}

v1::Quote WithActions(v1::Quote quote) {
  for (const std::string& action : domain::ActionsOf(quote.state()))
    quote.add_allowed_actions(action);
  return quote;
}

v1::Engagement::Editions EditionsOf(const content::v1::Offering& offering) {
  const auto& chosen = offering.editions();
  v1::Engagement::Editions editions;
  editions.set_rule_list(chosen.rule_list());
  editions.set_rule_check(chosen.rule_check());
  editions.set_course(chosen.course());
  editions.set_criteria_set(chosen.criteria_set());
  editions.set_declaration_procedure(chosen.declaration_procedure());
  editions.set_pledge_text(chosen.pledge_text());
  editions.set_president_pledge_text(chosen.president_pledge_text());
  editions.set_pack(PackOf(offering));
  editions.set_short_course(chosen.short_course());
  editions.set_briefing(chosen.briefing());
  return editions;
}

// Moves a locked quote on, or says why not.
absl::StatusOr<v1::Quote> Decide(Transaction& tx, const std::string& name, const std::string& etag,
                                 const std::string& verb, v1::Quote::State to) {
  SA_ASSIGN_OR_RETURN(v1::Quote quote, kQuotes.Lock(tx, name));
  SA_RETURN_IF_ERROR(CheckEtag(etag, quote.etag(), name));
  SA_RETURN_IF_ERROR(domain::Check(quote, verb));
  quote.set_state(to);
  auto* time =
      to == v1::Quote::STATE_ISSUED ? quote.mutable_issue_time() : quote.mutable_decide_time();
  *time = pg::ToTimestamp(tx.now());
  return kQuotes.Update(tx, std::move(quote));
}

}  // namespace

EngagementService::Reactor* EngagementService::ListOfferings(
    Context* context, const v1::ListOfferingsRequest* request,
    v1::ListOfferingsResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this](const Call&) -> absl::StatusOr<v1::ListOfferingsResponse> {
                      v1::ListOfferingsResponse reply;
                      for (const auto* offering : library_.List<content::v1::Offering>()) {
                        *reply.add_offerings() = ToMessage(*offering);
                      }
                      return reply;
                    });
}

EngagementService::Reactor* EngagementService::CreateQuote(Context* context,
                                                           const v1::CreateQuoteRequest* request,
                                                           v1::Quote* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Quote> {
        v1::Quote quote = request->quote();
        const auto* offering = library_.FindOffering(
            quote.offering().substr(std::min(quote.offering().size(), sizeof(kOfferings) - 1)));
        if (offering == nullptr) {
          return InvalidField(
              "quote.offering",
              absl::StrCat("'", quote.offering(), "' does not exist; see offerings"),
              absl::StrCat("「", quote.offering(), "」という提供メニューはありません"));
        }
        const auto last = FromProtoDate(quote.valid_until());
        if (!last || *last < TokyoDay(call.now)) {
          return InvalidField("quote.valid_until", "lies in the past; want today or later",
                              "過去の日付です。今日以降を指定してください");
        }
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Quote> {
          SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, request->parent()));
          if (quote.headcount() == 0) quote.set_headcount(client.employee_count());
          SA_ASSIGN_OR_RETURN(const domain::Price price,
                              domain::PriceOf(offering->pricing(), quote.headcount(),
                                              {quote.options().begin(), quote.options().end()}));
          quote.set_price_yen(price.price_yen);
          quote.set_tax_yen(price.tax_yen);
          quote.set_total_yen(price.total_yen);
          quote.set_state(v1::Quote::STATE_DRAFT);
          quote.set_pack(PackOf(*offering));
          quote.set_name(request->parent() + "/quotes/" + NewId(tx.now()));
          SA_ASSIGN_OR_RETURN(v1::Quote stored, kQuotes.Insert(tx, quote));
          return WithActions(std::move(stored));
        });
      });
}

EngagementService::Reactor* EngagementService::GetQuote(Context* context,
                                                        const v1::GetQuoteRequest* request,
                                                        v1::Quote* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Quote> {
      SA_ASSIGN_OR_RETURN(v1::Quote quote, kQuotes.Get(tx, request->name()));
      return WithActions(std::move(quote));
    });
  });
}

EngagementService::Reactor* EngagementService::ListQuotes(Context* context,
                                                          const v1::ListQuotesRequest* request,
                                                          v1::ListQuotesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListQuotesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kQuotes.List(tx, request->parent(), *request));
      for (v1::Quote& quote : page.items) quote = WithActions(std::move(quote));
      return pg::ToResponse(std::move(page), &v1::ListQuotesResponse::mutable_quotes);
    });
  });
}

EngagementService::Reactor* EngagementService::IssueQuote(Context* context,
                                                          const v1::IssueQuoteRequest* request,
                                                          v1::Quote* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Quote> {
      SA_ASSIGN_OR_RETURN(v1::Quote quote, Decide(tx, request->name(), request->etag(), "issue",
                                                  v1::Quote::STATE_ISSUED));
      return WithActions(std::move(quote));
    });
  });
}

EngagementService::Reactor* EngagementService::DeclineQuote(Context* context,
                                                            const v1::DeclineQuoteRequest* request,
                                                            v1::Quote* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Quote> {
      SA_ASSIGN_OR_RETURN(v1::Quote quote, Decide(tx, request->name(), request->etag(), "decline",
                                                  v1::Quote::STATE_DECLINED));
      return WithActions(std::move(quote));
    });
  });
}

EngagementService::Reactor* EngagementService::AcceptQuote(Context* context,
                                                           const v1::AcceptQuoteRequest* request,
                                                           v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Engagement> {
      SA_ASSIGN_OR_RETURN(const v1::Quote quote, Decide(tx, request->name(), request->etag(),
                                                        "accept", v1::Quote::STATE_ACCEPTED));
      if (FromProtoDate(quote.valid_until()).value_or(absl::CivilDay()) < TokyoDay(tx.now())) {
        return StateConflict(quote.name(), "EXPIRED", "accept");
      }
      return Open(tx, quote);
    });
  });
}

absl::StatusOr<v1::Engagement> EngagementService::Open(Transaction& tx,
                                                       const v1::Quote& quote) const {
  const auto* offering = library_.FindOffering(quote.offering().substr(sizeof(kOfferings) - 1));
  const auto* plan = offering == nullptr ? nullptr : library_.FindPlan(offering->plan());
  if (plan == nullptr) return Internal("offering or plan not loaded: " + quote.offering());
  const absl::CivilDay start = TokyoDay(tx.now());
  const absl::CivilDay due = domain::DueDay(*offering, start);
  v1::Engagement engagement;
  engagement.set_name("engagements/" + NewId(tx.now()));
  engagement.set_client(tx.call().client_name());
  engagement.set_quote(quote.name());
  engagement.set_offering(quote.offering());
  engagement.set_star(offering->star());
  *engagement.mutable_editions() = EditionsOf(*offering);
  engagement.set_state(v1::Engagement::STATE_CONTRACTED);
  *engagement.mutable_start_date() = ToProtoDate(start);
  *engagement.mutable_due_date() = ToProtoDate(due);
  SA_ASSIGN_OR_RETURN(engagement, kEngagements.Insert(tx, std::move(engagement)));
  for (v1::Task& task : domain::MakeTasks(*plan, start, due)) {
    task.set_name(engagement.name() + "/tasks/" + NewId(tx.now()));
    SA_RETURN_IF_ERROR(kTasks.Insert(tx, std::move(task)).status());
  }
  SA_ASSIGN_OR_RETURN(const v1::Readiness readiness, facts_.Judge(tx, engagement, {}));
  SA_RETURN_IF_ERROR(StoreSummary(tx, engagement.name(), readiness.summary()));
  return GetWithSummary(tx, engagement.name());
}

}  // namespace staraction::engagement
