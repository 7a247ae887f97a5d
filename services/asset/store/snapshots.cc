#include "services/asset/store/snapshots.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "google/protobuf/util/json_util.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using pg::Params;
using pg::Rows;
using pg::Statement;
using pg::Transaction;

// What the company says about an entry; the rest follows from it or is about the record.
constexpr const char* kSaid[] = {
    "business",         "display_name",    "note",      "users",         "department",
    "medium",           "confidentiality", "integrity", "availability",  "liability",
    "liability_reason", "persons",         "retention", "register_date", "review_date",
    "backup",           "site_id",         "source_id"};
// Lists whose order says nothing.
constexpr const char* kSaidInSets[] = {"flags", "profile"};

const Statement kFreeze("freeze_assets", [] {
  const std::string columns = kAssets.SelectList();
  return absl::StrCat("with frozen as (insert into snapshot_asset (organization_id, ",
                      "asset_snapshot_id, ", columns, ") select organization_id, $3, ", columns,
                      R"( from asset where organization_id = $1 and client_id = $2
      returning importance_level, flags)
    select importance_level, count(*) as entries, count(flags) as personal
    from frozen group by importance_level)");
});
const Statement kKeepContent("keep_snapshot_content", R"(
  insert into snapshot_content (organization_id, client_id, asset_snapshot_id, scheme, scale)
  values ($1, $2, $3, $4, $5))");
const Statement kContent("find_snapshot_content", R"(
  select s.create_time, c.scheme, c.scale from asset_snapshot s
  join snapshot_content c using (organization_id, client_id, asset_snapshot_id)
  where organization_id = $1 and client_id = $2 and asset_snapshot_id = $3)");
const Statement kPage("list_snapshot_assets", [] {
  return absl::StrCat("select ", kAssets.SelectList(), R"( from snapshot_asset
    where organization_id = $1 and client_id = $2 and asset_snapshot_id = $3
      and asset_id > coalesce($4::uuid, '00000000-0000-0000-0000-000000000000')
    order by asset_id limit $5)");
});
const Statement kSome("find_snapshot_assets", [] {
  return absl::StrCat("select ", kAssets.SelectList(), R"( from snapshot_asset
    where organization_id = $1 and client_id = $2 and asset_snapshot_id = $3
      and asset_id = any($4::uuid[]) order by asset_id)");
});
const Statement kBefore("find_snapshot_before", R"(
  select asset_snapshot_id from asset_snapshot
  where organization_id = $1 and client_id = $2 and asset_snapshot_id < $3
  order by asset_snapshot_id desc limit 1)");

// Whether b says something else than a.
std::string SaysElse() {
  std::vector<std::string> was, is, sets;
  for (const char* column : kSaid) {
    was.push_back(absl::StrCat("a.", column));
    is.push_back(absl::StrCat("b.", column));
  }
  for (const char* column : kSaidInSets) {
    const auto set = [&](const char* side) {
      return absl::StrCat("coalesce(", side, ".", column, ", '[]')");
    };
    sets.push_back(absl::StrCat("not (", set("a"), " @> ", set("b"), " and ", set("a"), " <@ ",
                                set("b"), ")"));
  }
  return absl::StrCat("(", absl::StrJoin(was, ", "), ") is distinct from (",
                      absl::StrJoin(is, ", "), ") or ", absl::StrJoin(sets, " or "));
}
const Statement kDifferences("compare_snapshots", [] {
  const auto side = [](const char* name, const char* parameter) {
    return absl::StrCat(name, " as (select * from snapshot_asset where organization_id = $1 and ",
                        "client_id = $2 and asset_snapshot_id = ", parameter, ")");
  };
  return absl::StrCat("with ", side("a", "$3"), ", ", side("b", "$4"), R"(
    select coalesce(b.asset_id, a.asset_id) as id, a.asset_id is null as added,
           b.asset_id is null as removed
    from a full join b on a.asset_id = b.asset_id
    where a.asset_id is null or b.asset_id is null or )",
                      SaysElse(), " order by removed, id");
});

template <typename T>
std::string ToJson(const T& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  // Fails only for messages with Any, which content has none of.
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

template <typename T>
absl::Status FromJson(const std::string& json, T& message) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;  // of a later or an earlier schema
  const auto read = google::protobuf::util::JsonStringToMessage(json, &message, options);
  return read.ok() ? absl::OkStatus() : Internal("a snapshot's content can't be read");
}

Params Own(const Transaction& tx, const std::string& snapshot) {
  return {tx.organization(), tx.call().client(), LastId(snapshot)};
}

}  // namespace

absl::StatusOr<std::map<std::string, LevelCount>> FreezeEntries(Transaction& tx,
                                                                const std::string& snapshot) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kFreeze, Own(tx, snapshot)));
  std::map<std::string, LevelCount> counts;
  for (const pg::Row row : rows) {
    counts[row.Text("importance_level")] = {static_cast<int>(row.Int("entries")),
                                            static_cast<int>(row.Int("personal"))};
  }
  return counts;
}

absl::Status KeepContent(Transaction& tx, const std::string& snapshot,
                         const content::v1::AssetScheme& scheme,
                         const content::v1::ValueScale& scale) {
  content::v1::AssetScheme kept;
  *kept.mutable_stages() = scheme.stages();
  *kept.mutable_media() = scheme.media();
  *kept.mutable_flags() = scheme.flags();
  for (auto& medium : *kept.mutable_media()) medium.clear_spellings();
  Params params = Own(tx, snapshot);
  params.push_back(ToJson(kept));
  params.push_back(ToJson(scale));
  return tx.Exec(kKeepContent, params).status();
}

absl::StatusOr<SnapshotContent> ContentOf(Transaction& tx, const std::string& snapshot) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kContent, Own(tx, snapshot)));
  if (rows.empty()) return NotFound(snapshot);
  SnapshotContent content;
  SA_RETURN_IF_ERROR(FromJson(rows[0].Text("scheme"), content.scheme));
  SA_RETURN_IF_ERROR(FromJson(rows[0].Text("scale"), content.scale));
  content.day = TokyoDay(rows[0].Time("create_time"));
  return content;
}

absl::StatusOr<pg::ListPage<v1::Asset>> SnapshotEntries(
    Transaction& tx, const v1::ListSnapshotAssetsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  Params params = Own(tx, request.parent());
  params.push_back(after.empty() ? pg::Param() : pg::Param(after));
  params.push_back(pg::ToParam(int64_t{page.size} + 1));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kPage, params));
  return kAssets.ToPage(rows, page, request);
}

absl::StatusOr<std::vector<v1::Asset>> SnapshotEntries(Transaction& tx, const std::string& snapshot,
                                                       const std::vector<std::string>& ids) {
  Params params = Own(tx, snapshot);
  params.push_back(pg::ToArrayParam(ids));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kSome, params));
  std::vector<v1::Asset> assets;
  for (const pg::Row row : rows) assets.push_back(kAssets.FromRow(row));
  return assets;
}

absl::StatusOr<std::string> SnapshotBefore(Transaction& tx, const std::string& snapshot) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kBefore, Own(tx, snapshot)));
  if (rows.empty()) return "";
  return absl::StrCat(tx.call().client_name(), "/assetSnapshots/",
                      rows[0].Text("asset_snapshot_id"));
}

absl::StatusOr<Differences> DifferencesOf(Transaction& tx, const std::string& base,
                                          const std::string& snapshot) {
  Params params = Own(tx, base);
  params.push_back(LastId(snapshot));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kDifferences, params));
  Differences differences;
  for (const pg::Row row : rows) {
    const bool added = row.Bool("added");
    const bool removed = row.Bool("removed");
    ++(added ? differences.added : removed ? differences.removed : differences.changed);
    differences.ids.push_back(row.Text("id"));
  }
  return differences;
}

}  // namespace staraction::asset
