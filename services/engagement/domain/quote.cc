#include "services/engagement/domain/quote.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/base/corporate_number.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/domain/pricing.h"

namespace staraction::engagement::domain {
namespace {

void AddLine(v1::Quote& quote, v1::Quote::Line::Kind kind, const std::string& label, int quantity,
             int64_t unit_price_yen, int tax_percent) {
  auto* line = quote.add_lines();
  line->set_kind(kind);
  line->set_label(label);
  line->set_quantity(quantity);
  line->set_unit_price_yen(unit_price_yen);
  line->set_amount_yen(unit_price_yen * quantity);
  line->set_tax_percent(tax_percent);
}

void AddLines(const content::v1::Offering& offering, const Price& price, v1::Quote& quote) {
  const auto& pricing = offering.pricing();
  const int percent = pricing.tax_percent();
  quote.clear_lines();
  AddLine(quote, v1::Quote::Line::KIND_BASE, offering.display_name().ja(), 1, price.base_yen,
          percent);
  for (const auto& option : pricing.options()) {
    const auto chosen = quote.options().find(option.code());
    if (chosen == quote.options().end() || chosen->second == 0) continue;
    AddLine(quote, v1::Quote::Line::KIND_OPTION, option.label().ja(), chosen->second,
            option.yen_each(), percent);
  }
  if (!quote.has_price_override()) return;
  const int64_t difference = quote.price_override().price_yen() - price.price_yen;
  AddLine(quote, v1::Quote::Line::KIND_ADJUSTMENT,
          difference < 0 ? pricing.discount_label().ja() : pricing.surcharge_label().ja(), 1,
          difference, percent);
}

// Tax of each rate from the sum of its lines, rounded down once.
void AddUp(v1::Quote& quote) {
  std::map<int, int64_t> sums;
  for (const auto& line : quote.lines()) sums[line.tax_percent()] += line.amount_yen();
  quote.clear_taxes();
  quote.set_price_yen(0);
  quote.set_tax_yen(0);
  for (const auto& [percent, sum] : sums) {
    auto* tax = quote.add_taxes();
    tax->set_percent(percent);
    tax->set_taxable_yen(sum);
    tax->set_tax_yen(sum * percent / 100);
    quote.set_price_yen(quote.price_yen() + sum);
    quote.set_tax_yen(quote.tax_yen() + tax->tax_yen());
  }
  quote.set_total_yen(quote.price_yen() + quote.tax_yen());
}

}  // namespace

absl::Status PriceQuote(const content::v1::Offering& offering, v1::Quote& quote) {
  SA_ASSIGN_OR_RETURN(const Price price, PriceOf(offering.pricing(), quote.headcount(),
                                                 {quote.options().begin(), quote.options().end()}));
  if (quote.has_price_override() && quote.price_override().price_yen() == price.price_yen) {
    return InvalidField(
        "quote.price_override.price_yen",
        absl::StrCat(price.price_yen, " is the computed price; leave the override away"),
        absl::StrCat(price.price_yen, "円は計算どおりの価格です。上書きは不要です"));
  }
  quote.set_computed_price_yen(price.price_yen);
  quote.set_subject(offering.display_name().ja());
  quote.clear_scope();
  for (const auto& line : offering.scope()) quote.add_scope(line.ja());
  quote.set_min_months(offering.min_months());
  quote.set_max_months(offering.max_months());
  quote.set_uncertainty_note(offering.uncertainty().note().ja());
  quote.set_pack(absl::StrCat(offering.pack().urn(), "@", offering.pack().version()));
  AddLines(offering, price, quote);
  AddUp(quote);
  return absl::OkStatus();
}

absl::Status CheckValidUntil(const v1::Quote& quote, absl::CivilDay today) {
  const auto last = FromProtoDate(quote.valid_until());
  if (last && *last >= today) return absl::OkStatus();
  return InvalidField("quote.valid_until", "lies in the past; want today or later",
                      "過去の日付です。今日以降を指定してください");
}

v1::Quote::Party RecipientOf(const v1::Client& client) {
  v1::Quote::Party party;
  party.set_name(client.legal_name());
  party.set_trade_name(client.trade_name());
  party.set_postal_code(client.postal_code());
  party.set_address(client.address());
  party.set_representative_title(client.representative_title());
  party.set_representative_name(client.representative_name());
  return party;
}

v1::Quote::Party IssuerOf(const v1::Organization& organization, const std::string& person) {
  v1::Quote::Party party;
  party.set_name(organization.display_name());
  party.set_postal_code(organization.postal_code());
  party.set_address(organization.address());
  party.set_phone(organization.phone());
  party.set_registration_number(organization.invoice_number());
  party.set_person(person);
  return party;
}

std::string TaxNote(const content::v1::DeductionSchedule& schedule, const v1::Quote::Party& issuer,
                    absl::CivilDay day) {
  if (!issuer.registration_number().empty()) return "";
  for (const auto& period : schedule.periods()) {
    const auto first = FromProtoDate(period.first_day());
    const auto last = FromProtoDate(period.last_day());
    if (first && day >= *first && (!last || day <= *last)) return period.note().ja();
  }
  return "";
}

int FiscalYear(absl::CivilDay day, int first_month) {
  const int year = static_cast<int>(day.year());
  return day.month() < (first_month == 0 ? 4 : first_month) ? year - 1 : year;
}

std::string QuoteNumber(int fiscal_year, int64_t count) {
  return absl::StrFormat("%d-%04d", fiscal_year, count);
}

v1::Quote Present(v1::Quote quote, absl::CivilDay today) {
  const auto last = FromProtoDate(quote.valid_until());
  if (quote.state() == v1::Quote::STATE_ISSUED && last && *last < today) {
    quote.set_state(v1::Quote::STATE_EXPIRED);
  }
  quote.clear_allowed_actions();
  for (const std::string& action : ActionsOf(quote.state())) quote.add_allowed_actions(action);
  return quote;
}

absl::Status CheckDecisionDay(const v1::Quote& quote, absl::CivilDay day, absl::CivilDay today,
                              bool accepted) {
  const auto issued = FromProtoDate(quote.issue_date());
  if (day > today || (issued && day < *issued)) {
    return InvalidField(
        "effective_date",
        absl::StrCat(FormatIsoDate(day), " came; want a day from the day of issue to today"),
        FormatIsoDate(day) + " が指定されました。発行日から今日までの日付にしてください");
  }
  const auto last = FromProtoDate(quote.valid_until());
  if (accepted && last && day > *last) return StateConflict(quote.name(), "EXPIRED", "accept");
  return absl::OkStatus();
}

absl::StatusOr<std::string> ParseRegistrationNumber(const std::string& text,
                                                    v1::Organization::IssuerKind kind,
                                                    const std::string& field) {
  std::string number = absl::StrReplaceAll(NormalizeCode(text), {{"-", ""}, {" ", ""}});
  if (number.empty()) return number;
  if (number[0] == 't') number[0] = 'T';
  const std::string digits = number.substr(1);
  const bool shaped = number[0] == 'T' && digits.size() == 13 &&
                      std::all_of(digits.begin(), digits.end(),
                                  [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!shaped) {
    return InvalidField(field, "want T and 13 digits, or nothing if not registered",
                        "登録番号は「T」と13桁の数字です。登録していない場合は空にしてください");
  }
  if (kind == v1::Organization::ISSUER_KIND_CORPORATION && !IsCorporateNumber(digits)) {
    return InvalidField(
        field, "for a corporation want T and its corporate number; the check digit is wrong",
        "法人の登録番号は「T」と法人番号です。法人番号の検査数字が合いません");
  }
  return number;
}

}  // namespace staraction::engagement::domain
