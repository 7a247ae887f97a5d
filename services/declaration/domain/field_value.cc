#include "services/declaration/domain/field_value.h"

#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/corporate_number.h"
#include "common/base/date.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/resource/text.h"

namespace staraction::declaration::domain {
namespace {

Problem Want(const std::string& en, const std::string& ja) {
  return Problem{"", en, ja};
}

Parsed<std::string> ReadFormat(common::v1::TextFormat format, const std::string& text) {
  if (const auto problem = FormatProblem(format, text)) return Want(problem->en, problem->ja);
  return text;
}

Parsed<std::string> ReadText(const v1::DeclarationField& field, const std::string& typed) {
  if (!IsPlainText(typed, false)) {
    return Want("wanted one line without control characters",
                "改行などを含まない1行で入力してください");
  }
  if (field.source() == "client.corporate_number") return ParseCorporateNumber(typed);
  const int length = static_cast<int>(Utf8Length(typed));
  if (field.max_length() > 0 && length > field.max_length()) {
    return Want(
        absl::StrCat("has ", length, " characters; wanted at most ", field.max_length()),
        absl::StrCat(length, "文字あります。", field.max_length(), "文字以内にしてください"));
  }
  if (field.source() == "client.contact_email") {
    return ReadFormat(common::v1::TEXT_FORMAT_EMAIL, NormalizeCode(typed));
  }
  if (field.source() == "client.website") {
    return ReadFormat(common::v1::TEXT_FORMAT_URL, NormalizeCode(typed));
  }
  return NormalizeName(typed);
}

bool InBand(const content::v1::CodeListEntry& entry, int64_t number) {
  if (!entry.has_minimum() && !entry.has_maximum()) return false;
  return (!entry.has_minimum() || number >= entry.minimum()) &&
         (!entry.has_maximum() || number <= entry.maximum());
}

bool IsSpelling(const content::v1::CodeListEntry& entry, const std::string& folded) {
  for (const std::string& spelling : entry.spellings()) {
    if (FoldForSearch(spelling) == folded) return true;
  }
  return false;
}

Parsed<std::string> ReadChoice(const v1::DeclarationField& field, const std::string& typed,
                               const content::Library& library) {
  const std::string folded = FoldForSearch(typed);
  for (const auto& choice : field.choices()) {
    if (FoldForSearch(choice.code()) == folded || FoldForSearch(choice.label()) == folded) {
      return choice.code();
    }
  }
  int64_t number = 0;
  const bool is_number = absl::SimpleAtoi(NormalizeCode(typed), &number);
  if (const auto* list = library.FindCodeList(field.code_list())) {
    for (const auto& entry : list->entries()) {
      if (IsSpelling(entry, folded) || (is_number && InBand(entry, number))) return entry.code();
    }
  }
  std::string wanted;
  for (const auto& choice : field.choices()) {
    absl::StrAppend(&wanted, wanted.empty() ? "" : ", ", choice.code());
  }
  return Want("is none of the choices; wanted one of " + wanted,
              "選択肢にありません（" + wanted + "）");
}

Parsed<std::string> ReadCheck(const std::string& typed) {
  const std::string text = NormalizeCode(typed);
  if (text == "true" || text == "false") return text;
  return Want("wanted true or false", "true か false で指定してください");
}

}  // namespace

Parsed<std::string> ReadValue(const v1::DeclarationField& field, const std::string& typed,
                              const content::Library& library) {
  switch (field.kind()) {
    case content::v1::FIELD_KIND_NUMBER: {
      int64_t number = 0;
      if (absl::SimpleAtoi(NormalizeCode(typed), &number)) return absl::StrCat(number);
      return Want("wanted a whole number", "整数で入力してください");
    }
    case content::v1::FIELD_KIND_DATE: {
      const auto day = ParseDate(typed);
      if (day.ok()) return FormatIsoDate(*day);
      return day.problem();
    }
    case content::v1::FIELD_KIND_CHOICE:
      return ReadChoice(field, typed, library);
    case content::v1::FIELD_KIND_CHECK:
      return ReadCheck(typed);
    default:
      return ReadText(field, typed);
  }
}

}  // namespace staraction::declaration::domain
