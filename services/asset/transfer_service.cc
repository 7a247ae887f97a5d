#include "services/asset/transfer_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "services/asset/domain/export.h"
#include "services/asset/domain/valuation.h"
#include "services/asset/store/bulk.h"
#include "services/asset/store/tables.h"
#include "services/asset/transfer.h"

namespace staraction::asset {
namespace {

using content::v1::ValueScale;
using domain::Column;
using domain::ImportPlan;
using google::protobuf::Message;
using pg::Transaction;

constexpr char kXlsxType[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr char kCsvType[] = "text/csv; charset=utf-8";

std::string Joined(std::initializer_list<std::string> parts) {
  return absl::StrJoin(parts, "\n");
}

// Only the number: the rest of what replies show is not in files.
void SetImportance(const Schemes& schemes, const ValueScale& scale, v1::Asset& asset) {
  domain::Value(schemes.scheme(), scale, asset);
  const int rank = asset.importance_rank();
  asset.set_importance(rank == 0 ? 0 : scale.levels(rank - 1).value());
}

ImportPlan AssetPlan(const Schemes& schemes, const ValueScale& scale, const Call& call,
                     const domain::SiteNames& sites) {
  ImportPlan plan;
  plan.columns = domain::AssetColumns(schemes.scheme(), scale, sites);
  plan.source_id = v1::Asset::descriptor()->FindFieldByName("source_id");
  plan.language = call.language;
  plan.key = [](const Message& message) {
    const auto& asset = static_cast<const v1::Asset&>(message);
    return Joined({asset.business(), asset.display_name(), asset.medium(), asset.department()});
  };
  plan.finish = [&schemes, &scale, today = TokyoDay(call.now)](Message& message) {
    auto& asset = static_cast<v1::Asset&>(message);
    if (!asset.has_register_date()) *asset.mutable_register_date() = ToProtoDate(today);
    SetImportance(schemes, scale, asset);
  };
  return plan;
}

ImportPlan SystemPlan(const Schemes& schemes, const Call& call) {
  ImportPlan plan;
  plan.columns = domain::SystemColumns(schemes.scheme(), schemes.system_kinds());
  plan.language = call.language;
  plan.key = [](const Message& message) {
    const auto& system = static_cast<const v1::System&>(message);
    return Joined({system.kind(), system.display_name(), system.serial()});
  };
  plan.finish = [](Message& message) {
    auto& system = static_cast<v1::System&>(message);
    if (system.quantity() == 0) system.set_quantity(1);
  };
  return plan;
}

// Gives new entries names in the file's order.
template <typename T>
void NameAll(Transaction& tx, const char* collection, std::vector<T>& entries) {
  std::vector<std::string> ids;
  ids.reserve(entries.size());
  for (size_t i = 0; i < entries.size(); ++i) ids.push_back(NewId(tx.now()));
  std::sort(ids.begin(), ids.end());
  for (size_t i = 0; i < entries.size(); ++i) {
    entries[i].set_name(absl::StrCat(tx.call().client_name(), collection, ids[i]));
  }
}

// What comes here was read by the columns and valued, so its codes are known and its keys free.
// Updates go first: they may free the key of a new entry.
absl::Status StoreAssets(Transaction& tx, std::vector<v1::Asset> created,
                         const std::vector<v1::Asset>& updated) {
  SA_RETURN_IF_ERROR(UpdateAssets(tx, updated));
  NameAll(tx, "/assets/", created);
  return kAssets.InsertAll(tx, created);
}

absl::Status StoreSystems(Transaction& tx, std::vector<v1::System> created,
                          const std::vector<v1::System>& updated) {
  SA_RETURN_IF_ERROR(UpdateSystems(tx, updated));
  NameAll(tx, "/systems/", created);
  return kSystems.InsertAll(tx, created);
}

// The ledger with what its files show besides.
absl::StatusOr<std::vector<v1::Asset>> WholeLedger(const Schemes& schemes, const ValueScale& scale,
                                                   Transaction& tx) {
  SA_ASSIGN_OR_RETURN(std::vector<v1::Asset> assets, AllAssets(tx));
  for (v1::Asset& asset : assets) SetImportance(schemes, scale, asset);
  return assets;
}

// Runs the body over a transaction that cannot write if it is a dry run.
template <typename Request, typename Body>
auto DryOrNot(pg::Pool& pool, const Call& call, const Request& request, Body body) {
  return request.validate_only() ? pool.Read(call, body) : pool.Write(call, request, body);
}

absl::StatusOr<v1::ExportedFile> Export(const std::vector<Column>& columns,
                                        const domain::Entries& entries, v1::FileFormat format,
                                        const Schemes& schemes, const ValueScale& scale,
                                        const std::string& name, const std::string& title,
                                        absl::Time now) {
  const bool xlsx = format == v1::FILE_FORMAT_XLSX;
  SA_ASSIGN_OR_RETURN(
      std::string content,
      xlsx ? domain::ExportXlsx(columns, entries, schemes.scheme(), scale, title, now)
           : domain::ExportCsv(columns, entries));
  v1::ExportedFile file;
  file.set_content(std::move(content));
  file.set_file_name(name + (xlsx ? ".xlsx" : ".csv"));
  file.set_media_type(xlsx ? kXlsxType : kCsvType);
  file.set_row_count(static_cast<int>(entries.size()));
  return file;
}

}  // namespace

AssetTransferService::Reactor* AssetTransferService::ImportAssets(
    Context* context, const v1::ImportAssetsRequest* request, v1::ImportAssetsResponse* response) {
  using Response = v1::ImportAssetsResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        SA_ASSIGN_OR_RETURN(const domain::SiteNames sites, sites_.List(call));
        return DryOrNot(pool_, call, *request, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(const ValueScale* scale, ScaleOf(schemes_, tx));
          const ImportPlan plan = AssetPlan(schemes_, *scale, call, sites);
          SA_ASSIGN_OR_RETURN(TableFile file, ReadRequest(*request, plan.columns));
          SA_ASSIGN_OR_RETURN(const std::vector<v1::Asset> present,
                              WholeLedger(schemes_, *scale, tx));
          Response done;
          SA_ASSIGN_OR_RETURN(
              *done.mutable_report(),
              RunImport(*request, plan, scale->id(), std::move(file), present,
                        [&](std::vector<v1::Asset> created, const std::vector<v1::Asset>& updated) {
                          return StoreAssets(tx, std::move(created), updated);
                        }));
          return done;
        });
      });
}

AssetTransferService::Reactor* AssetTransferService::ExportAssets(
    Context* context, const v1::ExportAssetsRequest* request, v1::ExportAssetsResponse* response) {
  using Response = v1::ExportAssetsResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        SA_ASSIGN_OR_RETURN(const domain::SiteNames sites, sites_.List(call));
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(const ValueScale* scale, ScaleOf(schemes_, tx));
          SA_ASSIGN_OR_RETURN(const std::vector<v1::Asset> assets,
                              WholeLedger(schemes_, *scale, tx));
          Response done;
          SA_ASSIGN_OR_RETURN(
              *done.mutable_file(),
              Export(domain::AssetColumns(schemes_.scheme(), *scale, sites), Pointers(assets),
                     request->format(), schemes_, *scale, "ledger", "情報資産管理台帳", call.now));
          return done;
        });
      });
}

AssetTransferService::Reactor* AssetTransferService::ImportSystems(
    Context* context, const v1::ImportSystemsRequest* request,
    v1::ImportSystemsResponse* response) {
  using Response = v1::ImportSystemsResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        const ImportPlan plan = SystemPlan(schemes_, call);
        return DryOrNot(pool_, call, *request, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(TableFile file, ReadRequest(*request, plan.columns));
          SA_ASSIGN_OR_RETURN(const std::vector<v1::System> present, AllSystems(tx));
          Response done;
          SA_ASSIGN_OR_RETURN(*done.mutable_report(),
                              RunImport(*request, plan, "", std::move(file), present,
                                        [&](std::vector<v1::System> created,
                                            const std::vector<v1::System>& updated) {
                                          return StoreSystems(tx, std::move(created), updated);
                                        }));
          return done;
        });
      });
}

AssetTransferService::Reactor* AssetTransferService::ExportSystems(
    Context* context, const v1::ExportSystemsRequest* request,
    v1::ExportSystemsResponse* response) {
  using Response = v1::ExportSystemsResponse;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_ASSIGN_OR_RETURN(const std::vector<v1::System> systems, AllSystems(tx));
      Response done;
      SA_ASSIGN_OR_RETURN(
          *done.mutable_file(),
          Export(domain::SystemColumns(schemes_.scheme(), schemes_.system_kinds()),
                 Pointers(systems), request->format(), schemes_, schemes_.usual_scale(), "systems",
                 "機器・ソフトウェア・サービス", call.now));
      return done;
    });
  });
}

}  // namespace staraction::asset
