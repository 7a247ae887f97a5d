#include "services/engagement/domain/pricing.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/status/errors.h"

namespace staraction::engagement::domain {
namespace {

// The first band that the headcount fits into; a band without `up_to` fits everybody.
int64_t BasePrice(const content::v1::Pricing& pricing, int headcount) {
  for (const auto& band : pricing.headcounts()) {
    if (band.up_to() == 0 || headcount <= band.up_to()) return band.yen();
  }
  return pricing.max_yen();
}

absl::StatusOr<int64_t> OptionPrice(const content::v1::Pricing& pricing, const std::string& code,
                                    int count) {
  std::string known;
  for (const auto& option : pricing.options()) {
    if (option.code() == code) {
      if (count >= 0 && count <= option.max_count()) return option.yen_each() * count;
      return InvalidField(
          absl::StrCat("quote.options[", code, "]"),
          absl::StrCat(count, " came; want 0 to ", option.max_count()),
          absl::StrCat(count, " が指定されました。0から", option.max_count(), "までです"));
    }
    absl::StrAppend(&known, known.empty() ? "" : ", ", option.code());
  }
  return InvalidField(
      absl::StrCat("quote.options[", code, "]"),
      absl::StrCat("unknown option; want one of ", known),
      absl::StrCat("この提供メニューにないオプションです。指定できるもの: ", known));
}

}  // namespace

absl::StatusOr<Price> PriceOf(const content::v1::Pricing& pricing, int headcount,
                              const std::map<std::string, int>& options) {
  if (headcount < 1) {
    return InvalidField(
        "quote.headcount", "0 came, and the client's employee_count is not known; want 1 or more",
        "人数が分かりません。1人以上を指定するか、顧客の従業員数を登録してください");
  }
  const int64_t base = BasePrice(pricing, headcount);
  Price price{base, base};
  for (const auto& [code, count] : options) {
    SA_ASSIGN_OR_RETURN(const int64_t yen, OptionPrice(pricing, code, count));
    price.price_yen += yen;
  }
  if (price.price_yen < pricing.min_yen() || price.price_yen > pricing.max_yen()) {
    return InvalidField("quote.options",
                        absl::StrCat("the price would be ", price.price_yen, " yen; want ",
                                     pricing.min_yen(), " to ", pricing.max_yen(), " yen"),
                        absl::StrCat("価格が", price.price_yen, "円になります。", pricing.min_yen(),
                                     "円から", pricing.max_yen(), "円の範囲にしてください"));
  }
  return price;
}

}  // namespace staraction::engagement::domain
