#include "services/asset/store/tables.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "staraction/engagement/v1/site.pb.h"

namespace staraction::asset {
namespace {

using pg::Params;
using pg::Rows;
using pg::Statement;
using pg::TableSpec;
using pg::Transaction;

// Lists keep the text in an index, whose rows have a limit (migration 0002).
constexpr int kSearchedCharacters = 400;

constexpr char kFirstId[] = "00000000-0000-0000-0000-000000000000";

// Table layouts look referenced types up among the schemas that are linked in, and a static
// library's unused ones are not.
[[maybe_unused]] const bool kLinked =
    (google::protobuf::LinkMessageReflection<engagement::v1::Site>(), true);

pg::Param SearchText(const google::protobuf::Message& message) {
  return AssetSearchText(static_cast<const v1::Asset&>(message));
}

Params Own(const Transaction& tx) {
  return {tx.organization(), tx.call().client()};
}

}  // namespace

std::string AssetSearchText(const v1::Asset& asset) {
  std::string text = FoldForSearch(asset.display_name()) + "\n" + FoldForSearch(asset.business()) +
                     "\n" + FoldForSearch(asset.note());
  size_t end = 0;
  for (int i = 0; i < kSearchedCharacters && end < text.size(); ++i) NextCodePoint(text, end);
  text.resize(end);
  return text;
}

const pg::Table<v1::Ledger> kLedgers(TableSpec{
    .table = "ledger",
    .computed = {"edition", "levels", "stages", "media", "flags", "entry_count"}});
const pg::Table<v1::Asset> kAssets(TableSpec{
    .table = "asset",
    .computed = {"importance", "confidentiality_value", "integrity_value", "availability_value",
                 "raise_reason", "medium_display_name", "stages", "review_overdue"},
    .derived = {{"search_text", SearchText}}});
const pg::Table<v1::AssetSnapshot> kSnapshots(TableSpec{.table = "asset_snapshot"});
const pg::Table<v1::System> kSystems(TableSpec{.table = "system",
                                               .computed = {"kind_display_name", "support_state"}});

namespace {

const Statement kLedger("find_ledger", [] {
  return absl::StrCat("select ", kLedgers.SelectList(),
                      " from ledger where organization_id = $1 and client_id = $2");
});
const Statement kCount("count_assets", R"(
  select count(*) as entries from asset where organization_id = $1 and client_id = $2)");
const Statement kAll("list_all_assets", [] {
  return absl::StrCat("select ", kAssets.SelectList(), R"( from asset
    where organization_id = $1 and client_id = $2 order by asset_id)");
});

// The entries whose ids a list finds in its order. `find` reads nothing but columns of one index,
// so that a hundred thousand entries are filtered without visiting them.
std::string Found(const std::string& find, const std::string& order) {
  return absl::StrCat("select ", kAssets.SelectList(), R"( from asset
    where organization_id = $1 and client_id = $2
      and asset_id = any(array(select asset_id from asset
        where organization_id = $1 and client_id = $2
          and ($3::text is null or position($3 in search_text) > 0)
          and ($4::text is null or department = $4) and ($5::text is null or medium = $5)
          and ($6::text is null or flags @> to_jsonb($6::text))
          and ($7::text is null or importance_level = $7)
          and ($8::date is null or review_date < $8) and )",
                      find, "))", order);
}
const Statement kFind("find_assets", [] {
  return Found("asset_id > $9::uuid order by asset_id limit $10", " order by asset_id");
});
const Statement kFindByImportance("find_assets_by_importance", [] {
  const std::string order = " order by importance_rank, -coalesce(persons, 0), asset_id";
  return Found(
      "(importance_rank, -coalesce(persons, 0), asset_id) > ($9::integer, $10::bigint, "
      "$11::uuid)" +
          order + " limit $12",
      order);
});
const Statement kWithKey("find_asset_with_key", R"(
  select asset_id from asset
  where organization_id = $1 and client_id = $2 and business = $3 and display_name = $4
    and medium = $5 and department = $6)");
const Statement kKeys("list_asset_keys", R"(
  select business, display_name, medium, department from asset
  where organization_id = $1 and client_id = $2)");
const Statement kDelete("delete_asset", R"(
  delete from asset where organization_id = $1 and client_id = $2 and asset_id = $3)");
const Statement kFindSystems("find_systems", [] {
  return absl::StrCat("select ", kSystems.SelectList(), R"( from system
    where organization_id = $1 and client_id = $2 and system_id > $3::uuid
      and ($4::text = '' or kind = $4) and ($5::date is null or support_end_date <= $5)
    order by system_id limit $6)");
});
const Statement kMissing("find_missing_assets", R"(
  select id from unnest($3::uuid[]) as wanted (id)
  where not exists (select from asset where organization_id = $1 and client_id = $2
                      and asset_id = wanted.id))");
const Statement kDeleteSystem("delete_system", R"(
  delete from system where organization_id = $1 and client_id = $2 and system_id = $3)");

absl::StatusOr<Params> FilterParams(const Transaction& tx, const v1::ListAssetsRequest& request) {
  Params params = Own(tx);
  for (const std::string& filter : {FoldForSearch(request.query()), request.department(),
                                    request.medium(), request.flag(), request.importance_level()}) {
    params.push_back(filter.empty() ? pg::Param() : pg::Param(filter));
  }
  params.push_back(request.review_overdue() ? pg::Param(FormatIsoDate(TokyoDay(tx.now())))
                                            : pg::Param());
  return params;
}

// The keys of a page token in the order of importance; the first page's if there is none.
absl::Status AddImportanceKey(const std::vector<std::string>& key, Params& params) {
  int64_t rank = 0;
  int64_t persons = 0;
  if (key.empty()) {
    params.insert(params.end(), {"0", "0", std::string(kFirstId)});
    return absl::OkStatus();
  }
  if (!absl::SimpleAtoi(key[0], &rank) || !absl::SimpleAtoi(key[1], &persons) || !IsUuid(key[2]) ||
      rank < 0 || rank > 1000) {
    return InvalidFields({{"page_token", "was not made for this list; want one of its answers",
                           "この一覧のものではありません"}},
                         error::v1::ERROR_REASON_PAGE_TOKEN_INVALID);
  }
  params.insert(params.end(), {key[0], key[1], key[2]});
  return absl::OkStatus();
}

pg::ListPage<v1::Asset> ByImportance(const Rows& rows, const PageQuery& page,
                                     const v1::ListAssetsRequest& request) {
  pg::ListPage<v1::Asset> out;
  for (const pg::Row row : rows) {
    if (static_cast<int>(out.items.size()) == page.size) {
      const v1::Asset& last = out.items.back();
      out.next_page_token =
          NextToken(request, {absl::StrCat(last.importance_rank()), absl::StrCat(-last.persons()),
                              LastId(last.name())});
      break;
    }
    out.items.push_back(kAssets.FromRow(row));
  }
  return out;
}

}  // namespace

absl::StatusOr<v1::Ledger> StoredLedger(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kLedger, Own(tx)));
  return rows.empty() ? v1::Ledger() : kLedgers.FromRow(rows[0]);
}

absl::StatusOr<int64_t> CountAssets(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kCount, Own(tx)));
  return rows[0].Int("entries");
}

absl::StatusOr<std::vector<v1::Asset>> AllAssets(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kAll, Own(tx)));
  std::vector<v1::Asset> assets;
  for (const pg::Row row : rows) assets.push_back(kAssets.FromRow(row));
  return assets;
}

absl::StatusOr<pg::ListPage<v1::Asset>> FindAssets(Transaction& tx,
                                                   const v1::ListAssetsRequest& request) {
  const bool by_importance = request.order() == v1::ASSET_ORDER_IMPORTANCE;
  SA_ASSIGN_OR_RETURN(const PageQuery page, ReadPage(request.page_size(), request.page_token(),
                                                     request, by_importance ? 3 : 1));
  SA_ASSIGN_OR_RETURN(Params params, FilterParams(tx, request));
  if (by_importance) {
    SA_RETURN_IF_ERROR(AddImportanceKey(page.after_key, params));
  } else {
    SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
    params.push_back(after.empty() ? std::string(kFirstId) : after);
  }
  params.push_back(pg::ToParam(int64_t{page.size} + 1));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(by_importance ? kFindByImportance : kFind, params));
  return by_importance ? ByImportance(rows, page, request) : kAssets.ToPage(rows, page, request);
}

absl::StatusOr<std::string> AssetWithKeyOf(Transaction& tx, const v1::Asset& asset) {
  Params params = Own(tx);
  params.insert(params.end(),
                {asset.business(), asset.display_name(), asset.medium(), asset.department()});
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kWithKey, params));
  if (rows.empty()) return "";
  return absl::StrCat(tx.call().client_name(), "/assets/", rows[0].Text("asset_id"));
}

AssetKey KeyOf(const v1::Asset& asset) {
  return {asset.business(), asset.display_name(), asset.medium(), asset.department()};
}

absl::StatusOr<std::set<AssetKey>> ExistingKeys(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kKeys, Own(tx)));
  std::set<AssetKey> keys;
  for (const pg::Row row : rows) {
    keys.insert({row.Text("business"), row.Text("display_name"), row.Text("medium"),
                 row.Text("department")});
  }
  return keys;
}

absl::Status DeleteAsset(Transaction& tx, const std::string& name) {
  return tx.Exec(kDelete, {tx.organization(), tx.call().client(), LastId(name)}).status();
}

absl::StatusOr<pg::ListPage<v1::System>> FindSystems(Transaction& tx,
                                                     const v1::ListSystemsRequest& request,
                                                     absl::CivilDay ends_by) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx.Exec(kFindSystems,
              {tx.organization(), tx.call().client(), after.empty() ? std::string(kFirstId) : after,
               request.kind(),
               request.support_ending() ? pg::Param(FormatIsoDate(ends_by)) : pg::Param(),
               pg::ToParam(int64_t{page.size} + 1)}));
  return kSystems.ToPage(rows, page, request);
}

absl::StatusOr<std::vector<std::string>> MissingAssets(Transaction& tx,
                                                       const std::vector<std::string>& names) {
  if (names.empty()) return std::vector<std::string>();
  std::vector<std::string> ids;
  ids.reserve(names.size());
  for (const std::string& name : names) ids.push_back(LastId(name));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(kMissing, {tx.organization(), tx.call().client(),
                                                          pg::ToArrayParam(ids)}));
  std::vector<std::string> missing;
  for (const pg::Row row : rows) {
    missing.push_back(absl::StrCat(tx.call().client_name(), "/assets/", row.Text("id")));
  }
  return missing;
}

absl::Status DeleteSystem(Transaction& tx, const std::string& name) {
  return tx.Exec(kDeleteSystem, {tx.organization(), tx.call().client(), LastId(name)}).status();
}

}  // namespace staraction::asset
