#include "services/engagement/store/operation.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/fact/facts.h"
#include "common/pg/field_value.h"
#include "common/status/errors.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Statement;
using pg::Transaction;

const Statement kAddAct("add_operation_act", R"(
  insert into operation_act (organization_id, client_id, operation_act_id, subject, verb, text,
      effective_date, channel, recorded_by, create_time)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))");

const Statement kActs("operation_acts", R"(
  select verb, text, effective_date, channel, recorded_by, create_time from operation_act
  where organization_id = $1 and client_id = $2 and subject = $3
  order by create_time, operation_act_id)");

const Statement kCountEvidences("count_evidences", R"(
  select subject, count(*) as pieces from evidence
  where organization_id = $1 and client_id = $2 and subject = any ($3::text[])
    and retract_time is null
  group by subject)");

const Statement kListEvidences("list_evidences", [] {
  return absl::StrCat("select ", kEvidences.SelectList(), R"( from evidence
    where organization_id = $1 and client_id = $2 and ($3::text = '' or subject = $3)
      and evidence_id > coalesce(nullif($4::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
    order by evidence_id limit $5)");
});

const Statement kStoreFile("store_evidence_file", R"(
  insert into blob (organization_id, client_id, blob_id, sha256, media_type, size, effective_date,
                    create_time, data)
  values ($1, $2, $3, sha256($4::bytea), $5, length($4::bytea), $6, $7, $4)
  returning size, encode(sha256, 'hex') as sha256)");

const Statement kReadFile("read_evidence_file", R"(
  select data from blob where organization_id = $1 and client_id = $2 and blob_id = $3)");

// The newest running engagement that has a calendar.
const Statement kOperated("operated_engagement", R"(
  select engagement_id from engagement
  where organization_id = $1 and client_id = $2
    and state not in ('STATE_CLOSED', 'STATE_CANCELLED')
    and coalesce(editions ->> 'activity_calendar', '') <> ''
  order by engagement_id desc limit 1)");

const Statement kFacts("operation_facts", R"(
  select
    (select count(*) from activity where organization_id = $1 and client_id = $2
       and state = 'STATE_PLANNED' and due_date < $3) as overdue,
    (select count(*) from operation_form where organization_id = $1 and client_id = $2
       and state = 'STATE_IN_USE') as forms,
    (select count(*) from rule_exception where organization_id = $1 and client_id = $2
       and state = 'STATE_APPROVED' and expire_date < $3) as expired)");

// A check and what was done are of their year, so they count for their engagement alone.
const Statement kOfEngagements("operation_facts_of_engagements", R"(
  select e.engagement_id,
    (select count(*) from activity a
     where a.organization_id = $1 and a.engagement_id = e.engagement_id
       and a.state = 'STATE_DONE') as done,
    exists (select from internal_check i
     where i.organization_id = $1 and i.engagement_id = e.engagement_id
       and i.state = 'STATE_CONCLUDED') as checked
  from engagement e
  where e.organization_id = $1 and e.client_id = $2
    and coalesce(e.editions ->> 'activity_calendar', '') <> '')");

// The first day, from $3 on, with which a fact changes by itself.
const Statement kNextDay("next_day_of_operation", R"(
  select least(
    (select min(due_date) from activity where organization_id = $1 and client_id = $2
       and state = 'STATE_PLANNED' and due_date >= $3),
    (select min(expire_date) from rule_exception where organization_id = $1 and client_id = $2
       and state = 'STATE_APPROVED' and expire_date >= $3)) as day)");

const Statement kFormInUse("operation_form_in_use", R"(
  select operation_form_id from operation_form
  where organization_id = $1 and client_id = $2 and code = $3 and place = $4
    and state = 'STATE_IN_USE' and operation_form_id::text <> $5)");

const Statement kMayApprove("may_approve_exceptions", R"(
  select m.president or exists (
      select from role_assignment r
      where r.organization_id = $1 and r.client_id = $2 and r.member_id = $3 and r.role = $5
        and r.start_date <= $4 and (r.end_date is null or r.end_date >= $4)) as may
  from member m
  where m.organization_id = $1 and m.client_id = $2 and m.member_id = $3
    and employed_on(m.hire_date, m.leave_date, m.status, m.status_date, m.past_periods, $4))");

// Of the content's list "security-roles".
constexpr char kApprovers[] = "SECURITY_MANAGER";

const char* const kActFields[] = {"verb",    "text",        "effective_date",
                                  "channel", "recorded_by", "create_time"};

// A name that is wrong in form says the same as one of nobody.
bool Absent(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsInvalidArgument(status);
}

}  // namespace

absl::StatusOr<Deed> MakeDeed(const Transaction& tx, const Deed& as_told,
                              const google::type::Date& effective_date, absl::CivilDay first) {
  Deed deed = as_told;
  const absl::CivilDay today = TokyoDay(tx.now());
  deed.day = FromProtoDate(effective_date).value_or(today);
  SA_RETURN_IF_ERROR(domain::CheckDay(deed.day, first, today, "effective_date"));
  const auto& access = tx.call().access;
  const bool ours = access.Has(common::v1::ROLE_ADMIN) || access.Has(common::v1::ROLE_CONSULTANT);
  if (deed.channel == common::v1::CHANNEL_UNSPECIFIED && ours) {
    deed.channel = common::v1::CHANNEL_CONSULTANT;
  }
  return deed;
}

absl::Status AddAct(Transaction& tx, const std::string& subject, const Deed& deed) {
  return tx
      .Exec(kAddAct, {tx.organization(), tx.call().client(), NewId(tx.now()), subject, deed.verb,
                      deed.text, FormatIsoDate(deed.day), common::v1::Channel_Name(deed.channel),
                      tx.call().Actor(), pg::ToParam(tx.now())})
      .status();
}

absl::StatusOr<google::protobuf::RepeatedPtrField<v1::OperationAct>> LoadActs(
    Transaction& tx, const std::string& subject) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kActs, {tx.organization(), tx.call().client(), subject}));
  google::protobuf::RepeatedPtrField<v1::OperationAct> acts;
  for (const pg::Row row : rows) {
    v1::OperationAct* act = acts.Add();
    for (const char* field : kActFields) {
      pg::FieldFromColumn(row, field, v1::OperationAct::descriptor()->FindFieldByName(field), *act);
    }
  }
  return acts;
}

absl::StatusOr<std::map<std::string, int>> CountEvidences(
    Transaction& tx, const std::vector<std::string>& subjects) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kCountEvidences,
                              {tx.organization(), tx.call().client(), pg::ToArrayParam(subjects)}));
  std::map<std::string, int> counts;
  for (const pg::Row row : rows) counts[row.Text("subject")] = static_cast<int>(row.Int("pieces"));
  return counts;
}

absl::StatusOr<pg::Rows> EvidenceRows(Transaction& tx, const std::string& subject,
                                      const std::string& after, int limit) {
  return tx.Exec(kListEvidences, {tx.organization(), tx.call().client(), subject, after,
                                  pg::ToParam(int64_t{limit})});
}

absl::Status StoreFile(Transaction& tx, const std::string& bytes, v1::Evidence& evidence) {
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kStoreFile,
              {tx.organization(), tx.call().client(), LastId(evidence.name()),
               pg::ToByteaParam(bytes), evidence.media_type(),
               FormatIsoDate(*FromProtoDate(evidence.effective_date())), pg::ToParam(tx.now())}));
  evidence.set_size(static_cast<int>(rows[0].Int("size")));
  evidence.set_sha256(rows[0].Text("sha256"));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadFile(Transaction& tx, const v1::Evidence& evidence) {
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kReadFile, {tx.organization(), tx.call().client(), LastId(evidence.name())}));
  if (rows.empty() || evidence.has_retract_time()) return NotFound(evidence.name());
  return rows[0].Bytes("data");
}

absl::StatusOr<v1::Engagement> RunningEngagement(Transaction& tx, const std::string& name,
                                                 const std::string& field) {
  const auto found = kEngagements.Get(tx, name);
  if (!found.ok() && !Absent(found.status())) return found.status();
  if (!found.ok()) {
    return InvalidField(field, absl::StrCat("'", name, "' is no engagement of this client"),
                        absl::StrCat("「", name, "」はこのお客様の支援ではありません"));
  }
  if (domain::IsLive(found->state())) return *found;
  const std::string state = v1::Engagement::State_Name(found->state());
  return InvalidField(field, absl::StrCat("'", name, "' is ", state, "; want a running one"),
                      absl::StrCat("「", name, "」は終わった支援です（", state,
                                   "）。進行中の支援を指定してください"));
}

absl::StatusOr<Operated> FindOperated(Transaction& tx, const content::Library& library,
                                      const std::string& engagement, const std::string& field) {
  std::string name = engagement;
  if (name.empty()) {
    SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                        tx.Exec(kOperated, {tx.organization(), tx.call().client()}));
    if (rows.empty()) return Operated();
    name = "engagements/" + rows[0].Text("engagement_id");
  }
  SA_ASSIGN_OR_RETURN(const v1::Engagement found, RunningEngagement(tx, name, field));
  return Operated{
      name, library.Find<content::v1::ActivityCalendar>(found.editions().activity_calendar())};
}

absl::Status CheckEngagementOf(Transaction& tx, const std::string& engagement,
                               const std::string& field) {
  if (engagement.empty()) return absl::OkStatus();
  const auto found = kEngagements.Get(tx, engagement);
  if (found.ok()) return absl::OkStatus();
  if (!Absent(found.status())) return found.status();
  return InvalidField(field, absl::StrCat("'", engagement, "' is no engagement of this client"),
                      absl::StrCat("「", engagement, "」はこのお客様の支援ではありません"));
}

absl::Status CheckMember(Transaction& tx, const std::string& member, const std::string& field) {
  if (member.empty()) return absl::OkStatus();
  const auto found = kMembers.Get(tx, member);
  if (found.ok() && ClientOf(member) == tx.call().client_name()) return absl::OkStatus();
  if (!found.ok() && !Absent(found.status())) return found.status();
  return InvalidField(field, absl::StrCat("'", member, "' is nobody on this client's roster"),
                      absl::StrCat("「", member, "」はお客様の名簿にいません"));
}

absl::StatusOr<std::string> OwnerName(Transaction& tx, const std::string& user,
                                      const std::string& member, const std::string& prefix) {
  if (!member.empty()) {
    const auto found = kMembers.Get(tx, member);
    if (found.ok() && ClientOf(member) == tx.call().client_name()) return found->display_name();
    return CheckMember(tx, member, prefix + "owner_member");
  }
  if (user.empty()) return std::string();
  const auto found = kUsers.Get(tx, user);
  if (found.ok()) return found->display_name();
  if (!Absent(found.status())) return found.status();
  return InvalidField(prefix + "owner_user", absl::StrCat("there is no user '", user, "'"),
                      absl::StrCat("利用者「", user, "」は登録されていません"));
}

absl::Status CheckSubject(Transaction& tx, const std::string& parent, const std::string& subject) {
  absl::Status found = NotFound(subject);
  if (ClientOf(subject) == parent) {
    if (absl::StrContains(subject, "/activities/")) found = kActivities.Get(tx, subject).status();
    if (absl::StrContains(subject, "/operationForms/")) {
      found = kOperationForms.Get(tx, subject).status();
    }
    if (absl::StrContains(subject, "/internalChecks/")) {
      found = absl::StrContains(subject, "/findings/") ? kFindings.Get(tx, subject).status()
                                                       : kInternalChecks.Get(tx, subject).status();
    }
    if (absl::StrContains(subject, "/ruleExceptions/")) {
      found = kRuleExceptions.Get(tx, subject).status();
    }
  }
  if (found.ok() || !Absent(found)) return found;
  return InvalidField("evidence.subject",
                      absl::StrCat("came '", subject,
                                   "'; want an activity, operation form, internal check, finding "
                                   "or rule exception of this client"),
                      "このお客様の活動、様式、内部点検、見つけたこと、例外のいずれかを指定して"
                      "ください");
}

absl::Status NoCalendar(const std::string& engagement) {
  return CriteriaUnmet(
      engagement.empty() ? "activity_calendar" : engagement,
      {{"activity_calendar",
        engagement.empty() ? "no running engagement of this client has a calendar of activities"
                           : absl::StrCat(engagement, " has no calendar of activities"),
        engagement.empty() ? "年間の活動を含む支援（二つ星）が進行中ではありません"
                           : absl::StrCat("「", engagement, "」は年間の活動を含まない支援です")}});
}

absl::StatusOr<std::string> FormInUse(Transaction& tx, const v1::OperationForm& form) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kFormInUse, {tx.organization(), tx.call().client(), form.code(),
                                           form.place(), LastId(form.name())}));
  if (rows.empty()) return std::string();
  return absl::StrCat(tx.call().client_name(), "/operationForms/",
                      rows[0].Text("operation_form_id"));
}

absl::StatusOr<bool> MayApprove(Transaction& tx, const std::string& member, absl::CivilDay day) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kMayApprove, {tx.organization(), tx.call().client(), LastId(member),
                                            FormatIsoDate(day), kApprovers}));
  return !rows.empty() && rows[0].Bool("may");
}

absl::Status AddOperationFacts(Transaction& tx, std::vector<fact::v1::Fact>& facts) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kFacts, {tx.organization(), tx.call().client(),
                                                            FormatIsoDate(TokyoDay(tx.now()))}));
  const pg::Row row = rows[0];
  facts.push_back(CountFact("activity.overdue", "", row.Int("overdue")));
  facts.push_back(CountFact("operation.forms", "", row.Int("forms")));
  facts.push_back(CountFact("operation.exceptions_expired", "", row.Int("expired")));
  SA_ASSIGN_OR_RETURN(const pg::Rows each,
                      tx.Exec(kOfEngagements, {tx.organization(), tx.call().client()}));
  for (const pg::Row one : each) {
    const std::string engagement = "engagements/" + one.Text("engagement_id");
    facts.push_back(CountFact("activity.done", engagement, one.Int("done")));
    if (!one.Bool("checked")) continue;
    facts.push_back(TruthFact("internal_check.concluded", engagement, true));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<absl::CivilDay>> NextDayOfChange(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kNextDay, {tx.organization(), tx.call().client(),
                                                              FormatIsoDate(TokyoDay(tx.now()))}));
  const auto day = ParseDate(rows[0].Text("day"));  // of no day: NULL
  return day.ok() ? std::optional(*day) : std::nullopt;
}

}  // namespace staraction::engagement
