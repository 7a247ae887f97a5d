#include "services/declaration/domain/declaration.h"

#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/testing/status_matchers.h"
#include "services/declaration/domain/field_value.h"

namespace staraction::declaration::domain {
namespace {

const Act kAct = {"users/u", absl::FromCivil(absl::CivilDay(2026, 10, 1), absl::UTCTimeZone())};

const content::Library& Content() {
  static const auto* library = [] {
    auto loaded = content::Library::Load();
    if (!loaded.ok()) std::abort();
    return std::move(*loaded).release();
  }();
  return *library;
}

// Preparing asks for the official criteria; one that waited for its outcome could never be met.
TEST(Criteria, OfficialOnesDoNotWaitForTheirOwnOutcome) {
  for (const auto* set : Content().List<content::v1::CriteriaSet>()) {
    for (const auto& criterion : set->criteria()) {
      if (criterion.kind() != content::v1::CRITERION_KIND_OFFICIAL) continue;
      EXPECT_NE(criterion.condition().fact(), "declaration.state")
          << set->id() << " " << criterion.code();
    }
  }
}

TEST(IssuedId, HasTheFormOfItsTime) {
  const absl::CivilDay kNow(2026, 10, 1);
  const absl::CivilDay kBefore(2025, 5, 1);
  const struct {
    const char* id;
    absl::CivilDay day;
    const char* reason;
    const char* want;  // codes of deviations; null: refused
  } kCases[] = {
      {"50000123456", kNow, "", ""},
      {" 5000-0123-456 ", kNow, "", ""},
      {"40000123456", kBefore, "", "LEGACY_ID"},
      {"40000123456", kNow, "", nullptr},
      {"40000123456", kNow, "通知の日付のまま", "ID_OF_OTHER_PERIOD LEGACY_ID"},
      {"50000123456", kBefore, "", nullptr},
      {"50000123456", kBefore, "画面の日付のまま", "ID_OF_OTHER_PERIOD"},
      {"60000123456", kNow, "x", nullptr},
      {"5000012345", kNow, "x", nullptr},
      {"500001234567", kNow, "x", nullptr},
      {"5000012345x", kNow, "x", nullptr},
  };
  for (const auto& c : kCases) {
    v1::Declaration declaration;
    declaration.set_procedure("portal-2026");
    v1::RecordIssueRequest request;
    request.set_issued_id(c.id);
    request.set_reason(c.reason);
    *request.mutable_issue_date() = ToProtoDate(c.day);
    const auto event = RecordIssue(request, Content(), kAct, declaration);
    EXPECT_EQ(event.ok(), c.want != nullptr) << c.id << ": " << event.status();
    std::vector<std::string> codes;
    for (const auto& deviation : declaration.deviations()) codes.push_back(deviation.code());
    EXPECT_EQ(absl::StrJoin(codes, " "), c.want == nullptr ? "" : c.want) << c.id;
    EXPECT_EQ(declaration.issued_id().empty(), c.want == nullptr) << c.id;
  }
}

TEST(Prepare, WithoutOfficialCriteriaNothingWasChecked) {
  v1::Declaration declaration;
  EXPECT_THAT(Prepare({}, {}, kAct, declaration),
              test::StatusIs(absl::StatusCode::kFailedPrecondition));
}

v1::DeclarationField FieldOf(content::v1::FieldKind kind, const std::string& source = "",
                             const std::string& code_list = "") {
  v1::DeclarationField field;
  field.set_kind(kind);
  field.set_source(source);
  field.set_code_list(code_list);
  field.set_max_length(10);
  if (const auto* list = Content().FindCodeList(code_list)) {
    for (const auto& entry : list->entries()) {
      auto* choice = field.add_choices();
      choice->set_code(entry.code());
      choice->set_label(entry.label().ja());
    }
  }
  return field;
}

TEST(ReadValue, TakesWhatCompaniesWrite) {
  const auto text = FieldOf(content::v1::FIELD_KIND_TEXT);
  const auto number = FieldOf(content::v1::FIELD_KIND_NUMBER);
  const auto date = FieldOf(content::v1::FIELD_KIND_DATE);
  const auto check = FieldOf(content::v1::FIELD_KIND_CHECK);
  const auto bands = FieldOf(content::v1::FIELD_KIND_CHOICE, "", "employee-bands");
  const auto stars = FieldOf(content::v1::FIELD_KIND_CHOICE, "", "stars");
  const auto corporate = FieldOf(content::v1::FIELD_KIND_TEXT, "client.corporate_number");
  const auto website = FieldOf(content::v1::FIELD_KIND_TEXT, "client.website");
  const struct {
    const char* name;
    const v1::DeclarationField& field;
    const char* typed;
    const char* want;  // null: refused
  } kCases[] = {
      {"text", text, "  𠮷野　髙  ", "𠮷野　髙"},
      {"as long as may be", text, "一二三四五六七八九十", "一二三四五六七八九十"},
      {"too long", text, "一二三四五六七八九十一", nullptr},
      {"two lines", text, "a\nb", nullptr},
      {"number", number, "１２", "12"},
      {"no number", number, "十二", nullptr},
      {"era date", date, "令和8年4月1日", "2026-04-01"},
      {"no day", date, "2026-02-30", nullptr},
      {"check", check, "true", "true"},
      {"no check", check, "yes", nullptr},
      {"choice by code", bands, "UP_TO_20", "UP_TO_20"},
      {"choice by label", bands, "6～20人", "UP_TO_20"},
      {"choice by band", bands, "20", "UP_TO_20"},
      {"above all bands", bands, "5000", "OVER_300"},
      {"choice by spelling", stars, "★★", "TWO_STARS"},
      {"no choice", stars, "3", nullptr},
      {"corporate number", corporate, "７-１２３４-５６７８-９０１２", "7123456789012"},
      {"wrong check digit", corporate, "1123456789012", nullptr},
      {"no address of a site", website, "example", nullptr},
  };
  for (const auto& c : kCases) {
    const auto value = ReadValue(c.field, c.typed, Content());
    EXPECT_EQ(value.ok(), c.want != nullptr) << c.name;
    if (value.ok() && c.want != nullptr) {
      EXPECT_EQ(*value, c.want) << c.name;
    }
  }
}

TEST(Upgrade, TheNewestIssuedOneWithFewerStarsIsReplaced) {
  const auto one = [](const std::string& name, int star, v1::Declaration::State state) {
    v1::Declaration declaration;
    declaration.set_name(name);
    declaration.set_star(star);
    declaration.set_state(state);
    return declaration;
  };
  const std::vector<v1::Declaration> others = {
      one("old", 1, v1::Declaration::STATE_ISSUED), one("new", 1, v1::Declaration::STATE_ISSUED),
      one("draft", 1, v1::Declaration::STATE_DRAFT), one("two", 2, v1::Declaration::STATE_ISSUED)};
  const struct {
    const char* wanted;
    int star;
    const char* want;  // null: refused
  } cases[] = {{"", 2, "new"},        {"", 1, ""},         {"old", 2, "old"},
               {"draft", 2, nullptr}, {"two", 2, nullptr}, {"other", 2, nullptr},
               {"new", 1, nullptr}};
  for (const auto& c : cases) {
    const auto chosen = ChooseUpgrade(c.wanted, c.star, others);
    EXPECT_EQ(chosen.ok(), c.want != nullptr) << c.wanted << c.star;
    EXPECT_EQ(chosen.value_or(""), c.want == nullptr ? "" : c.want) << c.wanted << c.star;
  }
}

}  // namespace
}  // namespace staraction::declaration::domain
