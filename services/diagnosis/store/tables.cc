#include "services/diagnosis/store/tables.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
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

// Ids in the name of a diagnosis that a measure knows, for foreign key and facts.
pg::Param IdIn(const std::string& diagnosis, size_t index) {
  const auto ids = ParseName(kDiagnosisPattern, diagnosis);
  return ids.ok() ? pg::Param((*ids)[index]) : pg::Param();
}
pg::TableSpec::Derived IdColumn(const char* column, size_t index,
                                const std::string& (v1::Measure::*diagnosis)() const) {
  return {column, [=](const google::protobuf::Message& message) {
            return IdIn((static_cast<const v1::Measure&>(message).*diagnosis)(), index);
          }};
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
    .table = "diagnosis",
    .computed = {"answers", "missing_items", "items", "allowed_actions", "site_answers", "marks",
                 "content_missing", "submitted_sheet_count", "open_sheet_count"}});
const pg::Table<v1::ItemAnswer> kItemAnswers(TableSpec{.table = "item_answer"});
const pg::Table<v1::EvidenceFile> kEvidenceFiles(TableSpec{.table = "evidence_file",
                                                           .computed = {"content"}});
const pg::Table<v1::Measure> kMeasures(TableSpec{
    .table = "measure",
    .computed = {"acts", "allowed_actions", "overdue"},
    .derived = {IdColumn("engagement_id", 0, &v1::Measure::diagnosis),
                IdColumn("diagnosis_id", 1, &v1::Measure::diagnosis),
                IdColumn("latest_engagement_id", 0, &v1::Measure::latest_diagnosis),
                IdColumn("latest_diagnosis_id", 1, &v1::Measure::latest_diagnosis)}});
const pg::Table<v1::MeasureAct> kMeasureActs(TableSpec{.table = "measure_act"});
const pg::Table<v1::Rule> kRules(TableSpec{.table = "rule", .computed = {"allowed_actions"}});
const pg::Table<v1::RuleVersion> kRuleVersions(TableSpec{.table = "rule_version"});
const pg::Table<v1::RulebookVersion> kRulebookVersions(TableSpec{.table = "rulebook_version"});

namespace {

const pg::Statement kPresentAnswers("list_present_answers", [] {
  return absl::StrCat("select distinct on (item, site) ", kItemAnswers.SelectList(),
                      R"( from item_answer
    where organization_id = $1 and engagement_id = $2 and diagnosis_id = $3
    order by item, site, revision desc)");
});

const pg::Statement kOpenDiagnosis("find_open_diagnosis", R"(
  select diagnosis_id from diagnosis
  where organization_id = $1 and engagement_id = $2 and questionnaire_id = $3
    and state = 'STATE_OPEN')");

const pg::Statement kOpenDiagnoses("list_open_diagnoses", [] {
  return absl::StrCat("select ", kDiagnoses.SelectList(), R"( from diagnosis
    where organization_id = $1 and engagement_id = $2 and state = 'STATE_OPEN'
    order by diagnosis_id)");
});

const pg::Statement kActs("list_acts_of_measure", [] {
  return absl::StrCat("select ", kMeasureActs.SelectList(), R"( from measure_act
    where organization_id = $1 and client_id = $2 and measure_id = $3 order by revision)");
});

const pg::Statement kListMeasures("list_measures_by_state", [] {
  return absl::StrCat("select ", kMeasures.SelectList(), R"( from measure
    where organization_id = $1 and client_id = $2
      and measure_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
      and ($5::text = '' or state = $5)
      and ($6::text = '' or diagnosis = $6 or latest_diagnosis = $6)
      and ($7::text = '' or owner = $7) and ($8::text = '' or rule_code = $8)
      and ($9::date is null or (state = 'STATE_DECIDED' and due_date < $9))
      and ($10::text = '' or treatment = $10) and ($11::text = '' or control = $11)
    order by measure_id limit $4)");
});

const pg::Statement kOpenMeasures("list_open_measures", [] {
  return absl::StrCat("select ", kMeasures.SelectList(), R"( from measure
    where organization_id = $1 and client_id = $2 and state in ('STATE_PROPOSED', 'STATE_DECIDED')
    order by measure_id for update)");
});

const pg::Statement kMeasuresOf("list_measures_of_diagnosis", [] {
  return absl::StrCat("select ", kMeasures.SelectList(), R"( from measure
    where organization_id = $1 and client_id = $2
      and (diagnosis = $3 or latest_diagnosis = $3)
    order by measure_id)");
});

const pg::Statement kConcludedBefore("find_concluded_before", [] {
  return absl::StrCat("select ", kDiagnoses.SelectList(), R"( from diagnosis
    where organization_id = $1 and client_id = $2 and kind = $3 and state = 'STATE_CONCLUDED'
      and diagnosis_id < $4
    order by conclude_time desc limit 1)");
});

const pg::Statement kRulesInForce("list_rules_in_force", [] {
  return absl::StrCat("select ", kRules.SelectList(), R"( from rule
    where organization_id = $1 and client_id = $2 and state = 'STATE_IN_FORCE'
    order by rule_id)");
});

const pg::Statement kLatestVersion("find_latest_rulebook_version", [] {
  return absl::StrCat("select ", kRulebookVersions.SelectList(), R"( from rulebook_version
    where organization_id = $1 and client_id = $2 order by number desc limit 1)");
});

const pg::Statement kStoreBlob("evidence_store", R"(
  insert into blob (organization_id, client_id, blob_id, sha256, media_type, size, effective_date,
                    create_time, data)
  values ($1, $2, $3, sha256($4::bytea), $5, length($4::bytea), $6, $7, $4)
  returning size, encode(sha256, 'hex') as sha256)");

const pg::Statement kReadBlob("evidence_read", R"(
  select data from blob where organization_id = $1 and client_id = $2 and blob_id = $3)");

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

absl::StatusOr<RepeatedPtrField<v1::Diagnosis>> OpenDiagnoses(Transaction& tx,
                                                              const std::string& engagement) {
  return All(kDiagnoses, tx.Exec(kOpenDiagnoses, {tx.organization(), LastId(engagement)}));
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
  params.push_back(request.owner());
  params.push_back(request.rule_code());
  params.push_back(request.overdue() ? pg::Param(FormatIsoDate(TokyoDay(tx.now()))) : pg::Param());
  params.push_back(request.treatment());
  params.push_back(request.control());
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kListMeasures, params));
  return kMeasures.ToPage(rows, page, request);
}

absl::StatusOr<RepeatedPtrField<v1::Measure>> OpenMeasures(Transaction& tx) {
  return All(kMeasures, tx.Exec(kOpenMeasures, {tx.organization(), tx.call().client()}));
}

absl::StatusOr<RepeatedPtrField<v1::Measure>> MeasuresOf(Transaction& tx,
                                                         const std::string& diagnosis) {
  return All(kMeasures, tx.Exec(kMeasuresOf, {tx.organization(), tx.call().client(), diagnosis}));
}

absl::StatusOr<std::optional<v1::Diagnosis>> ConcludedBefore(Transaction& tx,
                                                             const v1::Diagnosis& diagnosis) {
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kConcludedBefore,
              {tx.organization(), tx.call().client(),
               content::v1::QuestionnaireKind_Name(diagnosis.kind()), LastId(diagnosis.name())}));
  if (rows.empty()) return std::nullopt;
  return kDiagnoses.FromRow(rows[0]);
}

absl::StatusOr<RepeatedPtrField<v1::Rule>> RulesInForce(Transaction& tx) {
  return All(kRules, tx.Exec(kRulesInForce, {tx.organization(), tx.call().client()}));
}

absl::StatusOr<v1::RulebookVersion> LatestRulebookVersion(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kLatestVersion, {tx.organization(), tx.call().client()}));
  return rows.empty() ? v1::RulebookVersion() : kRulebookVersions.FromRow(rows[0]);
}

absl::Status StoreContent(Transaction& tx, v1::EvidenceFile& file) {
  const auto day = FromProtoDate(file.effective_date());
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kStoreBlob,
              {tx.organization(), tx.call().client(), LastId(file.name()),
               pg::ToByteaParam(file.content()), file.media_type(),
               day ? pg::Param(FormatIsoDate(*day)) : pg::Param(), pg::ToParam(tx.now())}));
  file.clear_content();
  file.set_size(rows[0].Int("size"));
  file.set_sha256(rows[0].Text("sha256"));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadContent(Transaction& tx, const v1::EvidenceFile& file) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kReadBlob, {tx.organization(), tx.call().client(),
                                                           LastId(file.name())}));
  if (rows.empty()) return NotFound(file.name());
  return rows[0].Bytes("data");
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
