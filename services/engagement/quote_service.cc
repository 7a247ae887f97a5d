#include "services/engagement/quote_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/domain/quote.h"
#include "services/engagement/store/quotes.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

constexpr char kDeduction[] = "unregistered-issuer";

v1::Offering ToMessage(const content::v1::Offering& content) {
  v1::Offering offering;
  offering.set_name("offerings/" + content.id());
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
  offering.set_pack(absl::StrCat(content.pack().urn(), "@", content.pack().version()));
  return offering;
}

// The locked quote as of today, if the caller knows its version and it allows the verb.
absl::StatusOr<v1::Quote> Lock(Transaction& tx, const std::string& name, const std::string& etag,
                               const std::string& verb) {
  SA_ASSIGN_OR_RETURN(v1::Quote quote, kQuotes.Lock(tx, name));
  SA_RETURN_IF_ERROR(CheckEtag(etag, quote.etag(), name));
  quote = domain::Present(std::move(quote), TokyoDay(tx.now()));
  SA_RETURN_IF_ERROR(domain::Check(quote, verb));
  return quote;
}

// Records what the client decided, in the words of AcceptQuote or DeclineQuote.
template <typename Request>
absl::StatusOr<v1::Quote> Decide(Transaction& tx, const Request& request, const std::string& verb,
                                 const std::string& note) {
  SA_ASSIGN_OR_RETURN(v1::Quote quote, Lock(tx, request.name(), request.etag(), verb));
  const bool accepted = verb == "accept";
  const absl::CivilDay today = TokyoDay(tx.now());
  const absl::CivilDay day = FromProtoDate(request.effective_date()).value_or(today);
  SA_RETURN_IF_ERROR(domain::CheckDecisionDay(quote, day, today, accepted));
  auto* decision = quote.mutable_decision();
  decision->set_person(request.person());
  decision->set_channel(request.channel() == common::v1::CHANNEL_UNSPECIFIED
                            ? common::v1::CHANNEL_CONSULTANT
                            : request.channel());
  *decision->mutable_effective_date() = ToProtoDate(day);
  decision->set_recorded_by(tx.call().Actor());
  decision->set_note(note);
  quote.set_state(accepted ? v1::Quote::STATE_ACCEPTED : v1::Quote::STATE_DECLINED);
  *quote.mutable_decide_time() = pg::ToTimestamp(tx.now());
  return kQuotes.Update(tx, std::move(quote));
}

}  // namespace

absl::StatusOr<v1::Quote> DecideToAccept(Transaction& tx, const v1::AcceptQuoteRequest& request) {
  return Decide(tx, request, "accept", "");
}

absl::Status QuoteService::Price(Transaction& tx, v1::Quote& quote) const {
  const auto* offering = Opening::FindOffering(library_, quote.offering());
  if (offering == nullptr) {
    return InvalidField("quote.offering",
                        absl::StrCat("'", quote.offering(), "' does not exist; see offerings"),
                        absl::StrCat("「", quote.offering(), "」という提供メニューはありません"));
  }
  SA_RETURN_IF_ERROR(domain::CheckValidUntil(quote, TokyoDay(tx.now())));
  if (quote.headcount() == 0) {
    SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, tx.call().client_name()));
    quote.set_headcount(client.employee_count());
  }
  return domain::PriceQuote(*offering, quote);
}

absl::Status QuoteService::SetParties(Transaction& tx, absl::CivilDay day, v1::Quote& quote) const {
  SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, tx.call().client_name()));
  SA_ASSIGN_OR_RETURN(const v1::Organization organization, kOrganizations.Get(tx, "organization"));
  std::string person;
  if (!tx.call().access.user_id.empty()) {
    SA_ASSIGN_OR_RETURN(const v1::User user, kUsers.Get(tx, tx.call().Actor()));
    person = user.display_name();
  }
  *quote.mutable_recipient() = domain::RecipientOf(client);
  *quote.mutable_issuer() = domain::IssuerOf(organization, person);
  const auto* schedule = library_.FindDeductionSchedule(kDeduction);
  if (schedule == nullptr) return Internal("deduction schedule not loaded");
  quote.set_tax_note(domain::TaxNote(*schedule, quote.issuer(), day));
  return absl::OkStatus();
}

QuoteService::Reactor* QuoteService::ListOfferings(Context* context,
                                                   const v1::ListOfferingsRequest* request,
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

QuoteService::Reactor* QuoteService::CreateQuote(Context* context,
                                                 const v1::CreateQuoteRequest* request,
                                                 v1::Quote* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Quote> {
      v1::Quote quote = request->quote();
      SA_RETURN_IF_ERROR(Price(tx, quote));
      quote.set_state(v1::Quote::STATE_DRAFT);
      quote.set_name(request->parent() + "/quotes/" + NewId(tx.now()));
      SA_ASSIGN_OR_RETURN(quote, kQuotes.Insert(tx, std::move(quote)));
      return domain::Present(std::move(quote), TokyoDay(tx.now()));
    });
  });
}

QuoteService::Reactor* QuoteService::GetQuote(Context* context, const v1::GetQuoteRequest* request,
                                              v1::Quote* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Quote> {
      SA_ASSIGN_OR_RETURN(v1::Quote quote, kQuotes.Get(tx, request->name()));
      const absl::CivilDay today = TokyoDay(tx.now());
      if (quote.state() == v1::Quote::STATE_DRAFT) {
        SA_RETURN_IF_ERROR(SetParties(tx, today, quote));
      }
      return domain::Present(std::move(quote), today);
    });
  });
}

QuoteService::Reactor* QuoteService::ListQuotes(Context* context,
                                                const v1::ListQuotesRequest* request,
                                                v1::ListQuotesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListQuotesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kQuotes.List(tx, request->parent(), *request));
      for (v1::Quote& quote : page.items) {
        quote = domain::Present(std::move(quote), TokyoDay(tx.now()));
      }
      return pg::ToResponse(std::move(page), &v1::ListQuotesResponse::mutable_quotes);
    });
  });
}

QuoteService::Reactor* QuoteService::UpdateQuote(Context* context,
                                                 const v1::UpdateQuoteRequest* request,
                                                 v1::Quote* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Quote> {
      SA_ASSIGN_OR_RETURN(v1::Quote quote,
                          Lock(tx, request->quote().name(), request->quote().etag(), "update"));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), request->quote(), &quote));
      SA_RETURN_IF_ERROR(Price(tx, quote));
      SA_ASSIGN_OR_RETURN(quote, kQuotes.Update(tx, std::move(quote)));
      return domain::Present(std::move(quote), TokyoDay(tx.now()));
    });
  });
}

absl::StatusOr<v1::Quote> QuoteService::Issue(Transaction& tx,
                                              const v1::IssueQuoteRequest& request) const {
  SA_ASSIGN_OR_RETURN(v1::Quote quote, Lock(tx, request.name(), request.etag(), "issue"));
  const absl::CivilDay today = TokyoDay(tx.now());
  SA_RETURN_IF_ERROR(domain::CheckValidUntil(quote, today));
  SA_RETURN_IF_ERROR(SetParties(tx, today, quote));
  SA_ASSIGN_OR_RETURN(const v1::Organization organization, kOrganizations.Get(tx, "organization"));
  const int year = domain::FiscalYear(today, organization.fiscal_year_first_month());
  SA_ASSIGN_OR_RETURN(const int64_t count, NextQuoteNumber(tx, year));
  quote.set_number(domain::QuoteNumber(year, count));
  quote.set_state(v1::Quote::STATE_ISSUED);
  *quote.mutable_issue_date() = ToProtoDate(today);
  *quote.mutable_issue_time() = pg::ToTimestamp(tx.now());
  SA_ASSIGN_OR_RETURN(quote, kQuotes.Update(tx, std::move(quote)));
  return domain::Present(std::move(quote), today);
}

QuoteService::Reactor* QuoteService::IssueQuote(Context* context,
                                                const v1::IssueQuoteRequest* request,
                                                v1::Quote* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Issue(tx, *request); });
  });
}

QuoteService::Reactor* QuoteService::DeclineQuote(Context* context,
                                                  const v1::DeclineQuoteRequest* request,
                                                  v1::Quote* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Quote> {
      SA_ASSIGN_OR_RETURN(v1::Quote quote, Decide(tx, *request, "decline", request->note()));
      return domain::Present(std::move(quote), TokyoDay(tx.now()));
    });
  });
}

QuoteService::Reactor* QuoteService::AcceptQuote(Context* context,
                                                 const v1::AcceptQuoteRequest* request,
                                                 v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Engagement> {
      SA_ASSIGN_OR_RETURN(const v1::Quote quote, DecideToAccept(tx, *request));
      return opening_.Open(tx, quote, *request);
    });
  });
}

QuoteService::Reactor* QuoteService::SearchQuotes(Context* context,
                                                  const v1::SearchQuotesRequest* request,
                                                  v1::SearchQuotesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(
        call, [&](Transaction& tx) { return FindQuotes(tx, *request, TokyoDay(tx.now())); });
  });
}

}  // namespace staraction::engagement
