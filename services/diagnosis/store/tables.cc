#include "services/diagnosis/store/tables.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/resource/name.h"
#include "staraction/engagement/v1/client.pb.h"

namespace staraction::diagnosis {
namespace {

using google::protobuf::RepeatedPtrField;
using pg::Params;
using pg::Rows;
using pg::TableSpec;
using pg::Transaction;

constexpr char kDiagnosisPattern[] = "engagements/{engagement}/diagnoses/{diagnosis}";

// Table layouts look referenced types up among the schemas that are linked in, and a static
// library's unused ones are not.
[[maybe_unused]] const bool kLinked =
    (google::protobuf::LinkMessageReflection<engagement::v1::Client>(), true);

// Ids in the name of the diagnosis that a measure comes from, for foreign key and facts.
pg::Param SourceId(const google::protobuf::Message& message, size_t index) {
  const auto ids =
      ParseName(kDiagnosisPattern, static_cast<const v1::Measure&>(message).diagnosis());
  return ids.ok() ? pg::Param((*ids)[index]) : pg::Param();
}

// Unset enum values filter nothing.
std::string Filter(int value, const std::string& name) {
  return value == 0 ? "" : name;
}

template <typename Request>
absl::StatusOr<Params> PageParams(const Transaction& tx, const Request& request,
                                  const PageQuery& page) {
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName("clients/{client}", request.parent(), "parent"));
  return Params{tx.organization(), ids.front(), after, pg::ToParam(int64_t{page.size} + 1)};
}

template <typename T>
absl::StatusOr<RepeatedPtrField<T>> All(const pg::Table<T>& table,
                                        const absl::StatusOr<Rows>& rows) {
  if (!rows.ok()) return rows.status();
  RepeatedPtrField<T> all;
  for (const pg::Row row : *rows) *all.Add() = table.FromRow(row);
  return all;
}

}  // namespace

const pg::Table<v1::Diagnosis> kDiagnoses(TableSpec{
    .table = "diagnosis", .computed = {"answers", "missing_items", "items", "allowed_actions"}});
const pg::Table<v1::ItemAnswer> kItemAnswers(TableSpec{.table = "item_answer"});
const pg::Table<v1::Measure> kMeasures(TableSpec{
    .table = "measure",
    .computed = {"acts", "allowed_actions"},
    .derived = {{"engagement_id", [](const auto& m) { return SourceId(m, 0); }},
                {"diagnosis_id", [](const auto& m) { return SourceId(m, 1); }}}});
const pg::Table<v1::MeasureAct> kMeasureActs(TableSpec{.table = "measure_act"});
const pg::Table<v1::Rule> kRules(TableSpec{.table = "rule", .computed = {"allowed_actions"}});
const pg::Table<v1::RuleVersion> kRuleVersions(TableSpec{.table = "rule_version"});

namespace {

const pg::Statement kPresentAnswers("list_present_answers", [] {
  return absl::StrCat("select distinct on (item) ", kItemAnswers.SelectList(), R"( from item_answer
    where organization_id = $1 and engagement_id = $2 and diagnosis_id = $3
    order by item, revision desc)");
});

const pg::Statement kOpenDiagnosis("find_open_diagnosis", R"(
  select diagnosis_id from diagnosis
  where organization_id = $1 and engagement_id = $2 and questionnaire_id = $3
    and state = 'STATE_OPEN')");

const pg::Statement kActs("list_acts_of_measure", [] {
  return absl::StrCat("select ", kMeasureActs.SelectList(), R"( from measure_act
    where organization_id = $1 and client_id = $2 and measure_id = $3 order by revision)");
});

const pg::Statement kListMeasures("list_measures_by_state", [] {
  return absl::StrCat("select ", kMeasures.SelectList(), R"( from measure
    where organization_id = $1 and client_id = $2
      and measure_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
      and ($5::text = '' or state = $5) and ($6::text = '' or diagnosis = $6)
    order by measure_id limit $4)");
});

const pg::Statement kListRules("list_rules_by_state", [] {
  return absl::StrCat("select ", kRules.SelectList(), R"( from rule
    where organization_id = $1 and client_id = $2
      and rule_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
      and ($5::text = '' or state = $5)
    order by rule_id limit $4)");
});

}  // namespace

std::vector<std::string> OrderedIds(absl::Time now, int count) {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) ids.push_back(NewId(now));
  std::sort(ids.begin(), ids.end());
  return ids;
}

absl::StatusOr<RepeatedPtrField<v1::ItemAnswer>> PresentAnswers(Transaction& tx,
                                                                const std::string& diagnosis) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kDiagnosisPattern, diagnosis));
  return All(kItemAnswers, tx.Exec(kPresentAnswers, {tx.organization(), ids[0], ids[1]}));
}

absl::StatusOr<std::string> OpenDiagnosis(Transaction& tx, const std::string& engagement,
                                          const std::string& questionnaire) {
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kOpenDiagnosis, {tx.organization(), LastId(engagement), LastId(questionnaire)}));
  return rows.empty() ? "" : engagement + "/diagnoses/" + rows[0].Text("diagnosis_id");
}

absl::StatusOr<RepeatedPtrField<v1::MeasureAct>> MeasureActs(Transaction& tx,
                                                             const std::string& measure) {
  return All(kMeasureActs,
             tx.Exec(kActs, {tx.organization(), tx.call().client(), LastId(measure)}));
}

absl::StatusOr<pg::ListPage<v1::Measure>> ListMeasures(Transaction& tx,
                                                       const v1::ListMeasuresRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(Params params, PageParams(tx, request, page));
  params.push_back(Filter(request.state(), v1::Measure::State_Name(request.state())));
  params.push_back(request.diagnosis());
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kListMeasures, params));
  return kMeasures.ToPage(rows, page, request);
}

absl::StatusOr<pg::ListPage<v1::Rule>> ListRules(Transaction& tx,
                                                 const v1::ListRulesRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(Params params, PageParams(tx, request, page));
  params.push_back(Filter(request.state(), v1::Rule::State_Name(request.state())));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kListRules, params));
  return kRules.ToPage(rows, page, request);
}

}  // namespace staraction::diagnosis
