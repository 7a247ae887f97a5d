#include "services/declaration/domain/gbiz_id.h"

#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/content/library.h"
#include "common/testing/status_matchers.h"

namespace staraction::declaration::domain {
namespace {

const content::Library& Content() {
  static const auto* library = [] {
    auto loaded = content::Library::Load();
    if (!loaded.ok()) std::abort();
    return std::move(*loaded).release();
  }();
  return *library;
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

// What the built-in procedure warns of on 2026-10-01.
TEST(GbizId, WarningsFollowTheSituation) {
  using GbizId = engagement::v1::GbizId;
  const struct {
    const char* name;
    GbizId::Kind kind;
    bool ready;
    const char* applied;  // "" for days that are not known
    const char* expected;
    const char* expiry;
    const char* planned;
    const char* purpose;
    const char* want;
  } kCases[] = {
      {"prime, nothing planned", GbizId::KIND_PRIME, true, "", "", "", "", "TRUST", ""},
      {"nothing known", GbizId::KIND_UNSPECIFIED, false, "", "", "", "", "TRUST", "UNKNOWN"},
      {"nothing known, and soon", GbizId::KIND_UNSPECIFIED, false, "", "", "", "2026-10-20",
       "TRUST", "UNKNOWN SHORT_LEAD"},
      {"not eligible", GbizId::KIND_NOT_ELIGIBLE, false, "", "", "", "2026-10-20", "TRUST",
       "NOT_ELIGIBLE"},
      {"entry", GbizId::KIND_ENTRY, true, "", "", "", "", "TRUST", "ENTRY_REFUSED"},
      {"not applied", GbizId::KIND_PRIME, false, "", "", "", "2026-12-20", "TRUST", "NOT_APPLIED"},
      {"not applied, last day in time", GbizId::KIND_PRIME, false, "", "", "", "2026-10-31",
       "TRUST", "NOT_APPLIED"},
      {"not applied, a day late", GbizId::KIND_PRIME, false, "", "", "", "2026-10-30", "TRUST",
       "NOT_APPLIED SHORT_LEAD"},
      {"applied", GbizId::KIND_PRIME, false, "2026-09-20", "2026-10-10", "", "2026-10-20", "TRUST",
       ""},
      {"expected late", GbizId::KIND_PRIME, false, "2026-09-20", "2026-10-21", "", "2026-10-20",
       "TRUST", "EXPECTED_LATE"},
      {"expired", GbizId::KIND_PRIME, true, "", "", "2026-09-30", "2026-10-20", "TRUST", "EXPIRED"},
      {"expires before", GbizId::KIND_PRIME, true, "", "", "2026-12-19", "2026-12-20", "TRUST",
       "EXPIRES_BEFORE"},
      {"expires on the planned day", GbizId::KIND_PRIME, true, "", "", "2026-12-20", "2026-12-20",
       "TRUST", ""},
      {"expires soon", GbizId::KIND_PRIME, true, "", "", "2026-11-30", "", "TRUST", "EXPIRES_SOON"},
      {"member", GbizId::KIND_MEMBER, true, "", "", "", "", "TRUST", ""},
      {"member for a subsidy", GbizId::KIND_MEMBER, true, "", "", "", "", "SUBSIDY",
       "MEMBER_FOR_SUBSIDY"},
  };
  const auto day = [](const char* text) { return ToProtoDate(*ParseDate(text)); };
  for (const auto& c : kCases) {
    GbizId id;
    id.set_kind(c.kind);
    id.set_ready(c.ready);
    v1::Declaration declaration;
    declaration.set_state(v1::Declaration::STATE_DRAFT);
    if (*c.applied != 0) *id.mutable_apply_date() = day(c.applied);
    if (*c.expected != 0) *id.mutable_expected_date() = day(c.expected);
    if (*c.expiry != 0) *id.mutable_expiry_date() = day(c.expiry);
    if (*c.planned != 0) *declaration.mutable_planned_date() = day(c.planned);
    auto* field = declaration.add_fields();
    field->set_code("PURPOSE");
    field->set_value(c.purpose);
    const auto& procedure = *Content().FindDeclarationProcedure("portal-2026");
    std::vector<std::string> codes;
    for (const auto& warning :
         WarningsOf(id, procedure, declaration, absl::CivilDay(2026, 10, 1))) {
      codes.push_back(warning.code());
      EXPECT_FALSE(warning.text().empty()) << warning.code();
    }
    EXPECT_EQ(absl::StrJoin(codes, " "), c.want) << c.name;
    declaration.set_state(v1::Declaration::STATE_SUBMITTED);
    EXPECT_TRUE(WarningsOf(id, procedure, declaration, absl::CivilDay(2026, 10, 1)).empty())
        << c.name;
  }
}

}  // namespace
}  // namespace staraction::declaration::domain
