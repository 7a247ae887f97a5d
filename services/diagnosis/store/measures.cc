#include "services/diagnosis/store/measures.h"

#include <nlohmann/json.hpp>

#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/pg/table.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"

namespace staraction::diagnosis {
namespace {

using nlohmann::json;
using pg::Transaction;

const pg::Statement kUpdateAll("update_all_measure", R"(
  update measure m
  set state = r.state, found_answer = r.found_answer, latest_diagnosis = r.latest_diagnosis,
      latest_engagement_id = r.latest_engagement_id, latest_diagnosis_id = r.latest_diagnosis_id,
      sites = r.sites, update_time = $3, version = m.version + 1
  from jsonb_to_recordset($4::jsonb) as r(
    measure_id uuid, state text, found_answer text, latest_diagnosis text,
    latest_engagement_id uuid, latest_diagnosis_id uuid, sites jsonb)
  where m.organization_id = $1 and m.client_id = $2 and m.measure_id = r.measure_id)");

// Of each variable the value of the youngest rule that names it.
const pg::Statement kDecidedValues("list_decided_values", R"(
  select distinct on (v.key) v.key as code, v.value as value
  from rule r, jsonb_each_text(r.variable_values) v
  where r.organization_id = $1 and r.client_id = $2
  order by v.key, r.rule_id desc)");

absl::StatusOr<json> RowOf(const v1::Measure& measure) {
  json row;
  row["measure_id"] = LastId(measure.name());
  row["state"] = v1::Measure::State_Name(measure.state());
  row["found_answer"] = content::v1::Answer_Name(measure.found_answer());
  row["latest_diagnosis"] = measure.latest_diagnosis();
  if (!measure.latest_diagnosis().empty()) {
    SA_ASSIGN_OR_RETURN(const auto ids, ParseName("engagements/{engagement}/diagnoses/{diagnosis}",
                                                  measure.latest_diagnosis()));
    row["latest_engagement_id"] = ids[0];
    row["latest_diagnosis_id"] = ids[1];
  }
  const auto sites = pg::FieldToParam(measure, v1::Measure::descriptor()->FindFieldByName("sites"));
  if (sites) row["sites"] = json::parse(*sites);
  return row;
}

}  // namespace

absl::Status UpdateAll(Transaction& tx, std::vector<v1::Measure>& measures) {
  if (measures.empty()) return absl::OkStatus();
  json rows = json::array();
  for (v1::Measure& measure : measures) {
    SA_ASSIGN_OR_RETURN(json row, RowOf(measure));
    rows.push_back(std::move(row));
    *measure.mutable_update_time() = pg::ToTimestamp(tx.now());
    pg::SetEtagField(measure, EtagVersion(measure.etag()).value_or(0) + 1);
  }
  return tx
      .Exec(kUpdateAll, {tx.organization(), tx.call().client(), pg::ToParam(tx.now()), rows.dump()})
      .status();
}

absl::StatusOr<std::map<std::string, std::string>> DecidedValues(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kDecidedValues, {tx.organization(), tx.call().client()}));
  std::map<std::string, std::string> values;
  for (const pg::Row row : rows) values[row.Text("code")] = row.Text("value");
  return values;
}

}  // namespace staraction::diagnosis
