#include "services/engagement/store/roster.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/denominator.h"
#include "services/engagement/store/members.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

// An engagement without a rule of its own has one of version 0.
const pg::Statement kRule("denominator_rule_of_engagement", R"(
  select e.client_id, e.engagement_id, e.offering_id, r.left_out, r.note, r.create_time,
         r.update_time, coalesce(r.version, 0) as version
  from engagement e
  left join denominator_rule r
    on r.organization_id = e.organization_id and r.engagement_id = e.engagement_id
  where e.organization_id = $1 and e.engagement_id = $2)");

const pg::Statement kExemptionsOf("exemptions_of_engagement", [] {
  return absl::StrCat("select ", kExemptions.SelectList(),
                      " from exemption where organization_id = $1 and engagement_id = $2");
});

// What an engagement needs to judge any member.
struct Judge {
  v1::DenominatorRule rule;
  std::map<std::string, std::vector<v1::Exemption>> exemptions;  // by member
  const content::v1::CodeList* labels;
  v1::RosterPurpose purpose;
  absl::CivilDay day;

  v1::RosterEntry operator()(const v1::Member& member) const {
    static const std::vector<v1::Exemption> none;
    const auto own = exemptions.find(member.name());
    return domain::MakeEntry(member, rule, *labels, own == exemptions.end() ? none : own->second,
                             purpose, day);
  }
};

absl::StatusOr<Judge> MakeJudge(pg::Transaction& tx, const content::Library& library,
                                const std::string& engagement, v1::RosterPurpose purpose,
                                absl::CivilDay day) {
  Judge judge{{}, {}, library.FindCodeList("roster-groups"), purpose, day};
  SA_ASSIGN_OR_RETURN(judge.rule, RuleOf(tx, library, engagement));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kExemptionsOf, {tx.organization(), LastId(engagement)}));
  for (const pg::Row row : rows) {
    v1::Exemption exemption = kExemptions.FromRow(row);
    judge.exemptions[exemption.member()].push_back(std::move(exemption));
  }
  return judge;
}

}  // namespace

absl::StatusOr<v1::DenominatorRule> RuleOf(pg::Transaction& tx, const content::Library& library,
                                           const std::string& engagement) {
  if (!IsUuid(LastId(engagement))) return NotFound(engagement);
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kRule, {tx.organization(), LastId(engagement)}));
  if (rows.empty()) return NotFound(engagement);
  v1::DenominatorRule stored = kDenominatorRules.FromRow(rows[0]);
  if (rows[0].Int("version") > 0) return stored;
  const auto* offering = library.FindOffering(rows[0].Text("offering_id"));
  if (offering == nullptr) return Internal("offering not loaded: " + rows[0].Text("offering_id"));
  v1::DenominatorRule rule = domain::DefaultRule(*offering);
  rule.set_name(stored.name());
  rule.set_etag(stored.etag());
  return rule;
}

absl::StatusOr<v1::ListRosterEntriesResponse> FindRosterEntries(
    pg::Transaction& tx, const content::Library& library,
    const v1::ListRosterEntriesRequest& request) {
  const absl::CivilDay day = FromProtoDate(request.as_of()).value_or(TokyoDay(tx.now()));
  SA_ASSIGN_OR_RETURN(const Judge judge,
                      MakeJudge(tx, library, request.parent(), request.purpose(), day));
  SA_ASSIGN_OR_RETURN(const auto page, kMembers.List(tx, tx.call().client_name(), request));
  v1::ListRosterEntriesResponse response;
  for (const v1::Member& member : page.items) *response.add_roster_entries() = judge(member);
  response.set_next_page_token(page.next_page_token);
  *response.mutable_as_of() = ToProtoDate(day);
  return response;
}

absl::StatusOr<std::vector<std::vector<v1::RosterEntry>>> RostersOn(
    pg::Transaction& tx, const content::Library& library, const std::string& engagement,
    const std::vector<v1::RosterPurpose>& purposes, absl::CivilDay day) {
  SA_ASSIGN_OR_RETURN(const std::vector<v1::Member> members, AllMembers(tx));
  std::vector<std::vector<v1::RosterEntry>> rosters;
  for (const v1::RosterPurpose purpose : purposes) {
    SA_ASSIGN_OR_RETURN(const Judge judge, MakeJudge(tx, library, engagement, purpose, day));
    std::vector<v1::RosterEntry>& entries = rosters.emplace_back();
    entries.reserve(members.size());
    for (const v1::Member& member : members) entries.push_back(judge(member));
  }
  return rosters;
}

absl::StatusOr<std::vector<v1::RosterEntry>> RosterOn(pg::Transaction& tx,
                                                      const content::Library& library,
                                                      const std::string& engagement,
                                                      v1::RosterPurpose purpose,
                                                      absl::CivilDay day) {
  SA_ASSIGN_OR_RETURN(auto rosters, RostersOn(tx, library, engagement, {purpose}, day));
  return std::move(rosters.front());
}

}  // namespace staraction::engagement
