#include "absl/strings/str_cat.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using engagement::v1::Quote;

std::string MonthsText(int least, int most) {
  if (most == 0) return "";
  return least == most || least == 0 ? absl::StrCat(most, "か月")
                                     : absl::StrCat(least, "〜", most, "か月");
}

std::string PostalText(const Quote::Party& party) {
  return JoinedText(
      {party.postal_code().empty() ? "" : "〒" + party.postal_code(), party.address()}, "\n");
}

void AddParties(const Quote& quote, TemplateData& data) {
  const Quote::Party& issuer = quote.issuer();
  const auto labelled = [](const char* label, const std::string& text) {
    return text.empty() ? std::string() : label + text;
  };
  data.fields["quote.issuer"] = JoinedText(
      {issuer.name(), issuer.trade_name(), PostalText(issuer), labelled("電話　", issuer.phone()),
       labelled("登録番号　", issuer.registration_number()), labelled("担当　", issuer.person())},
      "\n");
  const Quote::Party& recipient = quote.recipient();
  data.fields["quote.recipient"] = JoinedText({recipient.name(), recipient.trade_name()}, "\n");
  const std::string person =
      JoinedText({recipient.representative_title(), recipient.representative_name()}, "　");
  data.fields["quote.recipient_person"] = person.empty() ? "" : person + "　様";
}

void AddAmounts(const Quote& quote, TemplateData& data) {
  auto& lines = data.lists["line"];
  for (const Quote::Line& line : quote.lines()) {
    lines.push_back({{"label", line.label()},
                     {"quantity", absl::StrCat(line.quantity())},
                     {"unit_price", YenText(line.unit_price_yen())},
                     {"amount", YenText(line.amount_yen())},
                     {"tax_percent", absl::StrCat(line.tax_percent(), "％")}});
  }
  auto& taxes = data.lists["tax"];
  for (const Quote::TaxAmount& tax : quote.taxes()) {
    taxes.push_back({{"percent", absl::StrCat(tax.percent())},
                     {"taxable", YenText(tax.taxable_yen())},
                     {"tax", YenText(tax.tax_yen())}});
  }
  data.fields["quote.price"] = YenText(quote.price_yen());
  data.fields["quote.tax"] = YenText(quote.tax_yen());
  data.fields["quote.total"] = YenText(quote.total_yen());
}

}  // namespace

void FillQuote(const SubjectFacts& facts, TemplateData& data) {
  const Quote& quote = facts.quote;
  data.fields["quote.number"] = quote.number();
  data.fields["quote.issue_date"] = DateText(quote.issue_date());
  data.fields["quote.valid_until"] = DateText(quote.valid_until());
  data.fields["quote.subject"] = quote.subject();
  data.fields["quote.months"] = MonthsText(quote.min_months(), quote.max_months());
  data.fields["quote.headcount"] =
      quote.headcount() == 0 ? "" : absl::StrCat(quote.headcount(), "人");
  data.fields["quote.tax_note"] = quote.tax_note();
  data.fields["quote.remarks"] = quote.remarks();
  data.lists["scope"] = Rows(quote.scope(), "text");
  AddParties(quote, data);
  AddAmounts(quote, data);
}

}  // namespace staraction::document::domain
