#include "services/diagnosis/store/history.h"

#include <map>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Rows;
using pg::Transaction;

const pg::Statement kConcludedSelf("list_concluded_self_diagnoses", [] {
  return absl::StrCat("select ", kDiagnoses.SelectList(), R"( from diagnosis
    where organization_id = $1 and client_id = $2 and state = 'STATE_CONCLUDED'
      and kind = 'QUESTIONNAIRE_KIND_SELF_DIAGNOSIS'
    order by conclude_time desc, diagnosis_id desc limit $3)");
});

const pg::Statement kAnswersOfAll("list_company_answers", [] {
  return absl::StrCat("select distinct on (diagnosis_id, item) ", kItemAnswers.SelectList(),
                      R"( from item_answer
    where organization_id = $1 and client_id = $2 and diagnosis_id = any ($3::uuid[]) and site = ''
    order by diagnosis_id, item, revision desc)");
});

const pg::Statement kProfile("find_client_profile", R"(
  select industry, people from client_profile where organization_id = $1 and client_id = $2)");

const pg::Statement kStoreProfile("store_client_profile", R"(
  insert into client_profile (organization_id, client_id, industry, people, update_time)
  values ($1, $2, $3, $4, $5)
  on conflict on constraint client_profile_pkey
    do update set industry = $3, people = $4, update_time = $5)");

const pg::Statement kSmallestGroup("find_smallest_peer_group", R"(
  select industry, size, companies, mean, standard_deviation, compute_time from peer_group
  where organization_id = $1 and questionnaire_id = $2 and industry in ('', $3)
    and size in ('', $4)
  order by companies, industry desc, size desc limit 1)");

const pg::Statement kClearGroups("clear_peer_groups", R"(
  delete from peer_group where organization_id = $1 and questionnaire_id = $2)",
                                 pg::Statement::Role::kJobs);

// The latest total of each client, by every combination of industry and size.
const pg::Statement kCountGroups("count_peer_groups", R"(
  insert into peer_group (organization_id, questionnaire_id, industry, size, companies, mean,
                          standard_deviation, compute_time)
  select $1, $2, coalesce(t.industry, ''), coalesce(t.size, ''), count(*), avg(t.total),
         stddev_pop(t.total), $5
  from (
    select distinct on (d.client_id) (d.score->>'total')::integer as total,
           nullif(p.industry, '') as industry, s.code as size
    from diagnosis d
    left join client_profile p
      on p.organization_id = d.organization_id and p.client_id = d.client_id
    left join lateral (
      select b.code from jsonb_to_recordset($3::jsonb) as b(code text, minimum integer)
      where p.people > 0 and p.people >= b.minimum order by b.minimum desc limit 1) s on true
    where d.organization_id = $1 and d.questionnaire_id = $2 and d.state = 'STATE_CONCLUDED'
      and d.score->>'total' is not null
    order by d.client_id, d.conclude_time desc) t
  group by grouping sets ((), (t.industry), (t.size), (t.industry, t.size))
  having count(*) >= $4
    and (grouping(t.industry) = 1 or t.industry is not null)
    and (grouping(t.size) = 1 or t.size is not null))",
                                 pg::Statement::Role::kJobs);

}  // namespace

absl::StatusOr<std::vector<v1::Diagnosis>> ConcludedSelfDiagnoses(Transaction& tx, int limit) {
  SA_ASSIGN_OR_RETURN(const Rows latest,
                      tx.Exec(kConcludedSelf, {tx.organization(), tx.call().client(),
                                               pg::ToParam(int64_t{limit})}));
  std::vector<v1::Diagnosis> diagnoses;
  std::map<std::string, v1::Diagnosis*> by_id;
  for (int i = latest.size() - 1; i >= 0; --i) diagnoses.push_back(kDiagnoses.FromRow(latest[i]));
  std::vector<std::string> ids;
  for (auto& diagnosis : diagnoses) {
    ids.push_back(LastId(diagnosis.name()));
    by_id[ids.back()] = &diagnosis;
  }
  SA_ASSIGN_OR_RETURN(
      const Rows answers,
      tx.Exec(kAnswersOfAll, {tx.organization(), tx.call().client(), pg::ToArrayParam(ids)}));
  for (const pg::Row row : answers) {
    *by_id.at(row.Text("diagnosis_id"))->add_answers() = kItemAnswers.FromRow(row);
  }
  return diagnoses;
}

absl::StatusOr<std::optional<ClientProfile>> StoredProfile(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kProfile, {tx.organization(), tx.call().client()}));
  if (rows.empty()) return std::nullopt;
  return ClientProfile{rows[0].Text("industry"), static_cast<int>(rows[0].Int("people"))};
}

absl::Status StoreProfile(Transaction& tx, const ClientProfile& profile) {
  return tx
      .Exec(kStoreProfile, {tx.organization(), tx.call().client(), profile.industry,
                            pg::ToParam(int64_t{profile.people}), pg::ToParam(tx.now())})
      .status();
}

absl::StatusOr<std::optional<v1::PeerComparison>> SmallestGroup(Transaction& tx,
                                                                const std::string& questionnaire,
                                                                const std::string& industry,
                                                                const std::string& size) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kSmallestGroup, {tx.organization(), questionnaire, industry, size}));
  if (rows.empty()) return std::nullopt;
  v1::PeerComparison group;
  group.set_industry(rows[0].Text("industry"));
  group.set_size(rows[0].Text("size"));
  group.set_companies(static_cast<int>(rows[0].Int("companies")));
  group.set_mean(rows[0].Double("mean"));
  group.set_standard_deviation(rows[0].Double("standard_deviation"));
  *group.mutable_compute_time() = pg::ToTimestamp(rows[0].Time("compute_time"));
  return group;
}

absl::Status CountGroups(Transaction& tx, const content::v1::Questionnaire& questionnaire) {
  nlohmann::json sizes = nlohmann::json::array();
  for (const auto& size : questionnaire.peers().sizes()) {
    sizes.push_back({{"code", size.code()}, {"minimum", size.minimum()}});
  }
  SA_RETURN_IF_ERROR(tx.Exec(kClearGroups, {tx.organization(), questionnaire.id()}).status());
  return tx
      .Exec(kCountGroups,
            {tx.organization(), questionnaire.id(), sizes.dump(),
             pg::ToParam(int64_t{questionnaire.peers().at_least()}), pg::ToParam(tx.now())})
      .status();
}

}  // namespace staraction::diagnosis
