#include "services/risk/store/analyses.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/id.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "staraction/risk/v1/risk_model.pb.h"

namespace staraction::risk {
namespace {

using pg::Params;
using pg::Rows;
using pg::Transaction;

constexpr char kPattern[] = "engagements/{engagement}/analyses/{analysis}";

[[maybe_unused]] const bool kLinked =
    (google::protobuf::LinkMessageReflection<v1::RiskModel>(), true);

}  // namespace

const pg::Table<v1::Analysis> kAnalyses(pg::TableSpec{.table = "analysis"});

namespace {

const pg::Statement kStoreModel("store_analysis_model", R"(
  insert into analysis_model (organization_id, client_id, engagement_id, analysis_id, data)
  values ($1, $2, $3, $4, $5))");

const pg::Statement kReadModel("read_analysis_model", R"(
  select data from analysis_model
  where organization_id = $1 and engagement_id = $2 and analysis_id = $3)");

const pg::Statement kStoreAssets("store_analysed_assets", R"(
  insert into analysed_asset (organization_id, client_id, engagement_id, analysis_id, position,
                              asset_id, table_number, importance, max_value, sheet_max_value,
                              persons, display_name, department)
  select $1, $2, $3, $4, r.position, r.asset_id, r.table_number, r.importance, r.max_value,
         r.sheet_max_value, r.persons, r.display_name, r.department
  from unnest($5::uuid[], $6::smallint[], $7::smallint[], $8::smallint[], $9::smallint[],
              $10::bigint[], $11::text[], $12::text[]) with ordinality
       as r(asset_id, table_number, importance, max_value, sheet_max_value, persons, display_name,
            department, position))");

const pg::Statement kReadAssets("read_analysed_assets", R"(
  select position, asset_id, table_number, importance, max_value, sheet_max_value, persons,
         display_name, department
  from analysed_asset
  where organization_id = $1 and engagement_id = $2 and analysis_id = $3 and position > $4
    and max_value between $6 and $7 and ($8::text = '' or department = $8)
    and ($9::text = '' or asset_id = nullif($9::text, '')::uuid)
    and (not $10::boolean or (table_number, importance) in
         (select * from unnest($11::smallint[], $12::smallint[])))
  order by position limit $5)");

const pg::Statement kReadCells("read_risk_cells", R"(
  select table_number, importance, department, count(*) as assets
  from analysed_asset
  where organization_id = $1 and engagement_id = $2 and analysis_id = $3
    and (cardinality($4::uuid[]) = 0 or asset_id = any($4::uuid[]))
  group by table_number, importance, department
  order by table_number, importance, department)");

const pg::Statement kReadMaxValues("read_max_values", R"(
  select asset_id, max_value from analysed_asset
  where organization_id = $1 and engagement_id = $2 and analysis_id = $3)");

// Ids are in order of creation.
const pg::Statement kFirstAndLatest("read_first_and_latest_analyses", [] {
  return absl::StrCat("select ", kAnalyses.SelectList(), R"( from analysis
    where organization_id = $1 and client_id = $2
      and ($3::text = '' or engagement_id = nullif($3::text, '')::uuid)
      and analysis_id::text in (
        select unnest(array[min(analysis_id::text), max(analysis_id::text)]) from analysis
        where organization_id = $1 and client_id = $2 group by engagement_id)
    order by engagement_id, analysis_id)");
});

absl::StatusOr<Params> KeyOf(Transaction& tx, const std::string& analysis) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kPattern, analysis));
  return Params{tx.organization(), ids[0], ids[1]};
}

template <typename Column>
pg::Param NumberArray(const std::vector<uint32_t>& order, const Column& column) {
  std::string text = "{";
  for (const uint32_t i : order) absl::StrAppend(&text, text.size() > 1 ? "," : "", column[i]);
  return text + "}";
}

pg::Param TextArray(const std::vector<uint32_t>& order, const std::vector<std::string>& column) {
  std::vector<std::string> ordered;
  ordered.reserve(order.size());
  for (const uint32_t i : order) ordered.push_back(column[i]);
  return pg::ToArrayParam(ordered);
}

pg::Param Numbers(const std::vector<int>& list) {
  return absl::StrCat("{", absl::StrJoin(list, ","), "}");
}

AssetRow ToAssetRow(const pg::Row& row) {
  AssetRow out;
  out.position = static_cast<int>(row.Int("position"));
  out.id = row.Text("asset_id");
  out.table = static_cast<int>(row.Int("table_number"));
  out.importance = static_cast<int>(row.Int("importance"));
  out.max_value = static_cast<int>(row.Int("max_value"));
  out.sheet_max_value = static_cast<int>(row.Int("sheet_max_value"));
  out.persons = row.Int("persons");
  out.display_name = row.Text("display_name");
  out.department = row.Text("department");
  return out;
}

}  // namespace

absl::Status StoreModel(Transaction& tx, const std::string& analysis,
                        const v1::FrozenModel& model) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kPattern, analysis));
  return tx
      .Exec(kStoreModel, {tx.organization(), tx.call().client(), ids[0], ids[1],
                          pg::ToByteaParam(model.SerializeAsString())})
      .status();
}

absl::StatusOr<v1::FrozenModel> ReadModel(Transaction& tx, const std::string& analysis) {
  SA_ASSIGN_OR_RETURN(const Params key, KeyOf(tx, analysis));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kReadModel, key));
  if (rows.empty()) return NotFound(analysis);
  v1::FrozenModel model;
  if (!model.ParseFromString(rows[0].Bytes("data"))) {
    return Internal(absl::StrCat("the frozen model of ", analysis, " can't be read"));
  }
  return model;
}

absl::Status StoreAssets(Transaction& tx, const std::string& analysis,
                         const domain::Analysed& analysed, const domain::Ledger& ledger) {
  SA_ASSIGN_OR_RETURN(const auto ids, ParseName(kPattern, analysis));
  const std::vector<uint32_t>& order = analysed.by_risk;
  return tx
      .Exec(kStoreAssets,
            {tx.organization(), tx.call().client(), ids[0], ids[1], TextArray(order, ledger.id),
             NumberArray(order, analysed.table), NumberArray(order, ledger.importance),
             NumberArray(order, analysed.stage_max), NumberArray(order, analysed.sheet_max),
             NumberArray(order, ledger.persons), TextArray(order, ledger.display_name),
             TextArray(order, ledger.department)})
      .status();
}

absl::StatusOr<std::vector<AssetRow>> ReadAssets(Transaction& tx, const std::string& analysis,
                                                 const AssetFilter& filter) {
  SA_ASSIGN_OR_RETURN(Params params, KeyOf(tx, analysis));
  if (!filter.asset_id.empty() && !IsUuid(filter.asset_id)) return std::vector<AssetRow>();
  for (const int number : {filter.after, filter.limit, filter.min_value, filter.max_value}) {
    params.push_back(pg::ToParam(int64_t{number}));
  }
  params.push_back(filter.department);
  params.push_back(filter.asset_id);
  params.push_back(pg::ToParam(filter.by_pair));
  params.push_back(Numbers(filter.tables));
  params.push_back(Numbers(filter.importances));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kReadAssets, params));
  std::vector<AssetRow> out;
  for (const pg::Row row : rows) out.push_back(ToAssetRow(row));
  return out;
}

absl::StatusOr<domain::Cells> ReadCells(Transaction& tx, const std::string& analysis,
                                        const std::vector<std::string>& asset_ids) {
  SA_ASSIGN_OR_RETURN(Params params, KeyOf(tx, analysis));
  params.push_back(pg::ToArrayParam(asset_ids));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kReadCells, params));
  domain::Cells out;
  std::map<std::string, int> departments;
  for (const pg::Row row : rows) {
    const auto [place, fresh] =
        departments.emplace(row.Text("department"), static_cast<int>(out.departments.size()));
    if (fresh) out.departments.push_back(place->first);
    out.cells.push_back({static_cast<int>(row.Int("table_number")),
                         static_cast<int>(row.Int("importance")), place->second,
                         row.Int("assets")});
  }
  return out;
}

absl::StatusOr<domain::MaxValues> ReadMaxValues(Transaction& tx, const std::string& analysis) {
  SA_ASSIGN_OR_RETURN(const Params key, KeyOf(tx, analysis));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kReadMaxValues, key));
  domain::MaxValues values;
  for (const pg::Row row : rows) {
    values.emplace(row.Text("asset_id"), static_cast<int>(row.Int("max_value")));
  }
  return values;
}

absl::StatusOr<std::vector<FirstAndLatest>> ReadFirstAndLatest(Transaction& tx,
                                                               const std::string& engagement) {
  std::vector<FirstAndLatest> out;
  const std::string id = LastId(engagement);
  if (!engagement.empty() && !IsUuid(id)) return out;
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kFirstAndLatest, {tx.organization(), tx.call().client(), id}));
  for (const pg::Row row : rows) {
    v1::Analysis analysis = kAnalyses.FromRow(row);
    const std::string name = EngagementOf(analysis.name());
    if (out.empty() || out.back().engagement != name) out.push_back({name, analysis, analysis});
    out.back().latest = std::move(analysis);
  }
  return out;
}

}  // namespace staraction::risk
