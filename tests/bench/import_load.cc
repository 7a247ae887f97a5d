// Import of a ledger against COPY into a twin table without row-level security, in turns.
//   import-load [ROWS] [ROUNDS]     from the repository's top
// The import is the whole call: the CSV file over gRPC, reading, checking, comparing, valuing,
// storing and the report, into a client without entries. COPY takes the same rows, ready made, from
// a file on the server into a table with the same columns, constraints and indexes.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/errors.h"
#include "common/testing/service.h"
#include "services/asset/parts.h"
#include "staraction/asset/v1/asset_transfer_service.grpc.pb.h"

namespace staraction::asset {
namespace {

class NoSites : public Sites {
 public:
  absl::Status Find(const Call& /*call*/, const std::string& site) override {
    return NotFound(site);
  }
  absl::StatusOr<std::map<std::string, std::string>> List(const Call& /*call*/) override {
    return std::map<std::string, std::string>();
  }
};

std::string ClientId(int round) {
  return absl::StrFormat("0190a000-0000-7000-8000-%012x", round);
}

std::string Ledger(int rows) {
  constexpr const char* kMedia[] = {"書類", "事務所PC", "社内サーバー", "クラウド"};
  std::string text =
      "業務分類,情報資産名称,備考,利用者範囲,管理部署,媒体・保存先,個人情報,機密性,完全性,可用性,"
      "保存期限,登録日\n";
  for (int i = 0; i < rows; ++i) {
    absl::StrAppend(&text, "業務", i % 50, ",情報資産", i, ",年に1回見直す,営業部・総務部,部署",
                    i % 20, ",", kMedia[i % 4], ",", i % 3 == 0 ? "○" : "", ",", i % 3 + 1, ",",
                    i / 3 % 3 + 1, ",", i / 9 % 3 + 1, ",5年,2026/9/3\n");
  }
  return text;
}

double Import(test::TestKeys& keys, v1::AssetTransferService::Stub& stub,
              const std::string& content, int round) {
  v1::ImportAssetsRequest request;
  request.set_parent("clients/" + ClientId(round));
  request.set_content(content);
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + keys.User("consultant"));
  v1::ImportAssetsResponse response;
  const absl::Time begin = RealClock()();
  const grpc::Status status = stub.ImportAssets(&context, request, &response);
  const double seconds = absl::ToDoubleSeconds(RealClock()() - begin);
  if (!status.ok()) std::printf("%s\n", status.error_message().c_str());
  return seconds;
}

void Run(int rows, int rounds) {
  test::TestKeys keys;
  test::TestAccess access;
  for (int i = 0; i < rounds; ++i) {
    access.Grant(test::kOrganization, "consultant", common::v1::ROLE_CONSULTANT, ClientId(i),
                 ClientId(i + 1000));
  }
  test::TestService service(pg::Schema{"asset", Migrations()}, keys, &access, [](Host& host) {
    return MakeParts(host, "", std::make_shared<NoSites>());
  });
  const auto stub = v1::AssetTransferService::NewStub(service.channel());
  const std::string content = Ledger(rows);
  const std::string file =
      (std::filesystem::temp_directory_path() / "staraction-import-load.copy").string();
  service.database().Query("create table public.twin (like asset.asset including all)");
  std::vector<double> ratios;
  std::printf("round import_s copy_s ratio\n");
  for (int round = 0; round < rounds; ++round) {
    const double import = Import(keys, *stub, content, round);
    service.database().Query(absl::StrCat("copy (select * from asset.asset where client_id = '",
                                          ClientId(round), "') to '", file, "'"));
    service.database().Query("truncate public.twin");
    const absl::Time begin = RealClock()();
    service.database().Query(absl::StrCat("copy public.twin from '", file, "'"));
    const double copy = absl::ToDoubleSeconds(RealClock()() - begin);
    ratios.push_back(import / copy);
    std::printf("%d %.2f %.2f %.2f\n", round + 1, import, copy, ratios.back());
    std::fflush(stdout);
  }
  std::filesystem::remove(file);
  std::sort(ratios.begin(), ratios.end());
  std::printf("median ratio %.2f\n", ratios[ratios.size() / 2]);
}

}  // namespace
}  // namespace staraction::asset

int main(int argc, char** argv) {
  const int rows = argc > 1 ? std::atoi(argv[1]) : 100'000;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  staraction::asset::Run(rows, std::max(rounds, 1));
  return 0;
}
