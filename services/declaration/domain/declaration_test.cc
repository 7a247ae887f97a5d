#include "services/declaration/domain/declaration.h"

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

TEST(GbizId, IsUsableIfTheProcedureAcceptsItToday) {
  using GbizId = engagement::v1::GbizId;
  const struct {
    const char* name;
    const char* procedure;
    GbizId::Kind kind;
    bool ready;
    const char* expiry;
    bool want;
  } kCases[] = {
      {"prime", "portal-2026", GbizId::KIND_PRIME, true, "2028-01-01", true},
      {"member", "portal-2026", GbizId::KIND_MEMBER, true, "2028-01-01", true},
      {"entry", "portal-2026", GbizId::KIND_ENTRY, true, "2028-01-01", false},
      {"not eligible", "portal-2026", GbizId::KIND_NOT_ELIGIBLE, true, "2028-01-01", false},
      {"applied for", "portal-2026", GbizId::KIND_PRIME, false, "2028-01-01", false},
      {"last day", "portal-2026", GbizId::KIND_PRIME, true, "2026-10-01", true},
      {"expired", "portal-2026", GbizId::KIND_PRIME, true, "2026-09-30", false},
      {"none needed", "web-form-2017", GbizId::KIND_UNSPECIFIED, false, "2026-09-30", true},
  };
  for (const auto& c : kCases) {
    GbizId id;
    id.set_kind(c.kind);
    id.set_ready(c.ready);
    *id.mutable_expiry_date() = ToProtoDate(*ParseDate(c.expiry));
    EXPECT_EQ(
        IsUsable(id, *Content().FindDeclarationProcedure(c.procedure), absl::CivilDay(2026, 10, 1)),
        c.want)
        << c.name;
  }
}

TEST(IssuedId, HasTheFormOfItsProcedureOrOfAnEarlierOne) {
  const struct {
    const char* id;
    bool ok;
    bool legacy;
  } kCases[] = {
      {"50000123456", true, false},  {" 5000-0123-456 ", true, false},
      {"40000123456", true, true},   {"60000123456", false, false},
      {"5000012345", false, false},  {"500001234567", false, false},
      {"5000012345x", false, false},
  };
  for (const auto& c : kCases) {
    v1::Declaration declaration;
    declaration.set_procedure("portal-2026");
    v1::RecordIssueRequest request;
    request.set_issued_id(c.id);
    *request.mutable_issue_date() = ToProtoDate(absl::CivilDay(2026, 10, 1));
    const auto event = RecordIssue(request, Content(), kAct, declaration);
    EXPECT_EQ(event.ok(), c.ok) << c.id << ": " << event.status();
    EXPECT_EQ(declaration.deviations_size(), c.legacy ? 1 : 0) << c.id;
    EXPECT_EQ(declaration.issued_id().empty(), !c.ok) << c.id;
  }
}

TEST(Prepare, WithoutOfficialCriteriaNothingWasChecked) {
  v1::Declaration declaration;
  EXPECT_THAT(Prepare({}, kAct, declaration),
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

}  // namespace
}  // namespace staraction::declaration::domain
