#include "services/risk/store/tables.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/pg/errors.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "staraction/engagement/v1/client.pb.h"

namespace staraction::risk {
namespace {

using pg::Rows;
using pg::TableSpec;
using pg::Transaction;

// Table layouts look referenced types up among the schemas that are linked in, and a static
// library's unused ones are not.
[[maybe_unused]] const bool kLinked =
    (google::protobuf::LinkMessageReflection<engagement::v1::Client>(), true);

}  // namespace

const pg::Table<v1::ThreatState> kThreatStates(TableSpec{
    .table = "threat_state",
    .computed = {"display_name", "description", "media"},
    .id_type = "text"});
const pg::Table<v1::ControlState> kControlStates(TableSpec{
    .table = "control_state",
    .computed = {"display_name", "category", "category_display_name", "how", "cost_yen", "hours",
                 "chapter"},
    .id_type = "text"});
const pg::Table<v1::Treatment> kTreatments(TableSpec{
    .table = "treatment", .computed = {"expired", "acts", "allowed_actions"}});
const pg::Table<v1::TreatmentAct> kTreatmentActs(TableSpec{.table = "treatment_act"});

namespace {

template <typename State>
std::string PresentSql(const pg::Table<State>& table) {
  const std::string& name = table.layout().spec().table;
  return absl::StrCat("select distinct on (", name, "_id) ", table.SelectList(), " from ", name,
                      " where organization_id = $1 and client_id = $2 order by ", name,
                      "_id, revision desc");
}

template <typename State>
std::string RevisionsSql(const pg::Table<State>& table) {
  const std::string& name = table.layout().spec().table;
  return absl::StrCat("select ", table.SelectList(), " from ", name,
                      " where organization_id = $1 and client_id = $2 and ", name,
                      "_id = $3 and revision > $4 order by revision limit $5");
}

const pg::Statement kPresentThreats("list_present_threat_states",
                                    [] { return PresentSql(kThreatStates); });
const pg::Statement kPresentControls("list_present_control_states",
                                     [] { return PresentSql(kControlStates); });
const pg::Statement kThreatRevisions("list_threat_state_revisions",
                                     [] { return RevisionsSql(kThreatStates); });
const pg::Statement kControlRevisions("list_control_state_revisions",
                                      [] { return RevisionsSql(kControlStates); });

const pg::Statement kListTreatments("list_treatments_by_state", [] {
  return absl::StrCat("select ", kTreatments.SelectList(), R"( from treatment
    where organization_id = $1 and client_id = $2
      and treatment_id > coalesce(nullif($3::text, '')::uuid,
                                  '00000000-0000-0000-0000-000000000000')
      and ($5::text = '' or state = $5) and ($6::text = '' or analysis = $6)
    order by treatment_id limit $4)");
});

const pg::Statement kStanding("list_standing_treatments", [] {
  return absl::StrCat("select ", kTreatments.SelectList(), R"( from treatment
    where organization_id = $1 and client_id = $2 and state <> 'STATE_WITHDRAWN'
    order by treatment_id)");
});

const pg::Statement kActs("list_acts_of_treatment", [] {
  return absl::StrCat("select ", kTreatmentActs.SelectList(), R"( from treatment_act
    where organization_id = $1 and client_id = $2 and treatment_id = $3 order by revision)");
});

// A state's version is its revision: rows never change.
template <typename State>
State FromRow(const pg::Table<State>& table, const pg::Row& row) {
  State state = table.FromRow(row);
  state.set_etag(Etag(state.revision()));
  return state;
}

template <typename State>
absl::Status Read(Transaction& tx, const pg::Table<State>& table, const pg::Statement& statement,
                  StatesByCode<State>& states) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(statement, {tx.organization(), tx.call().client()}));
  for (const pg::Row row : rows) {
    State state = FromRow(table, row);
    const std::string code = LastId(state.name());
    states.emplace(code, std::move(state));
  }
  return absl::OkStatus();
}

template <typename State>
absl::Status Append(Transaction& tx, const pg::Table<State>& table, std::vector<State>& states) {
  const absl::Status stored = table.InsertAll(tx, states);
  const std::string& key = table.layout().spec().table;
  if (pg::ConstraintOf(stored) == key + "_pkey") return EtagMismatch(tx.call().resource);
  SA_RETURN_IF_ERROR(stored);
  for (State& state : states) state.set_etag(Etag(state.revision()));
  return absl::OkStatus();
}

template <typename State, typename Request>
absl::StatusOr<pg::ListPage<State>> Revisions(Transaction& tx, const pg::Table<State>& table,
                                              const pg::Statement& statement,
                                              const Request& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  int64_t after = 0;
  if (!page.after_key.empty() && !absl::SimpleAtoi(page.after_key[0], &after)) {
    return InvalidField("page_token", "was not made by this list",
                        "この一覧のトークンではありません");
  }
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(statement, {tx.organization(), tx.call().client(), LastId(request.name()),
                          pg::ToParam(after), pg::ToParam(int64_t{page.size} + 1)}));
  pg::ListPage<State> out;
  for (const pg::Row row : rows) {
    if (static_cast<int>(out.items.size()) == page.size) {
      out.next_page_token = NextToken(request, {absl::StrCat(out.items.back().revision())});
      break;
    }
    out.items.push_back(FromRow(table, row));
  }
  return out;
}

}  // namespace

absl::Status ReadPresent(Transaction& tx, StatesByCode<v1::ThreatState>& states) {
  return Read(tx, kThreatStates, kPresentThreats, states);
}

absl::Status ReadPresent(Transaction& tx, StatesByCode<v1::ControlState>& states) {
  return Read(tx, kControlStates, kPresentControls, states);
}

absl::Status AppendStates(Transaction& tx, std::vector<v1::ThreatState>& states) {
  return Append(tx, kThreatStates, states);
}

absl::Status AppendStates(Transaction& tx, std::vector<v1::ControlState>& states) {
  return Append(tx, kControlStates, states);
}

absl::StatusOr<pg::ListPage<v1::ThreatState>> ListRevisions(
    Transaction& tx, const v1::ListThreatStateRevisionsRequest& request) {
  return Revisions(tx, kThreatStates, kThreatRevisions, request);
}

absl::StatusOr<pg::ListPage<v1::ControlState>> ListRevisions(
    Transaction& tx, const v1::ListControlStateRevisionsRequest& request) {
  return Revisions(tx, kControlStates, kControlRevisions, request);
}

absl::StatusOr<pg::ListPage<v1::Treatment>> ListTreatments(
    Transaction& tx, const v1::ListTreatmentsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  const std::string state = request.state() == v1::Treatment::STATE_UNSPECIFIED
                                ? ""
                                : v1::Treatment::State_Name(request.state());
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kListTreatments, {tx.organization(), tx.call().client(), after,
                                pg::ToParam(int64_t{page.size} + 1), state, request.analysis()}));
  return kTreatments.ToPage(rows, page, request);
}

absl::StatusOr<std::vector<v1::Treatment>> StandingTreatments(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kStanding, {tx.organization(), tx.call().client()}));
  std::vector<v1::Treatment> out;
  for (const pg::Row row : rows) out.push_back(kTreatments.FromRow(row));
  return out;
}

absl::StatusOr<std::vector<v1::TreatmentAct>> TreatmentActs(Transaction& tx,
                                                            const std::string& treatment) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kActs, {tx.organization(), tx.call().client(), LastId(treatment)}));
  std::vector<v1::TreatmentAct> out;
  for (const pg::Row row : rows) out.push_back(kTreatmentActs.FromRow(row));
  return out;
}

}  // namespace staraction::risk
