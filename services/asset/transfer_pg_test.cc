// The ledger and the register as files, through real gRPC and PostgreSQL.

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/table/csv_reader.h"
#include "common/table/xlsx_reader.h"
#include "services/asset/testing.h"
#include "staraction/asset/v1/asset_transfer_service.grpc.pb.h"

namespace staraction::asset {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Transfers = v1::AssetTransferService::Stub;

std::string SampleFile(const std::string& path) {
  std::ifstream in("tests/data/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

constexpr char kHeader[] =
    "業務分類,情報資産名称,媒体・保存先,管理部署,個人情報,機密性,完全性,可用性,備考\n";

class TransferTest : public AssetTest {
 protected:
  TransferTest() : transfers_(v1::AssetTransferService::NewStub(service_->channel())) {}

  static v1::ImportAssetsRequest Request(const std::string& content, bool dry = false) {
    v1::ImportAssetsRequest request;
    request.set_parent(kClient);
    request.set_content(content);
    request.set_validate_only(dry);
    return request;
  }
  absl::StatusOr<v1::ImportReport> Send(const v1::ImportAssetsRequest& request,
                                        const std::string& user = "president") {
    auto answer = test::CallAs(keys_.User(user), *transfers_, &Transfers::ImportAssets, request);
    if (!answer.ok()) return answer.status();
    return answer->report();
  }
  absl::StatusOr<v1::ImportReport> Import(const std::string& content) {
    return Send(Request(content));
  }
  std::string Export(const std::string& format) {
    const auto answer = As("consultant", *transfers_, &Transfers::ExportAssets,
                           "parent: '" + kClient + "' format: FILE_FORMAT_" + format);
    EXPECT_OK(answer);
    return answer->file().content();
  }
  // "created/updated/unchanged/missing".
  static std::string Counts(const v1::ImportReport& report) {
    return absl::StrCat(report.created_count(), "/", report.updated_count(), "/",
                        report.unchanged_count(), "/", report.missing_count());
  }

  std::unique_ptr<Transfers> transfers_;
};

TEST_F(TransferTest, LedgersOfCompaniesComeIn) {
  const std::pair<const char*, int> companies[] = {
      {"kitahama", 46}, {"tanimachi", 24}, {"yamabuki", 5}};
  for (const auto& [company, rows] : companies) {
    const std::string book = SampleFile(absl::StrCat(company, "/ledger.xlsx"));
    const auto first = Import(book);
    ASSERT_OK(first);
    EXPECT_EQ(first->created_count(), rows) << company;
    EXPECT_EQ(first->format(), "XLSX");
    EXPECT_EQ(first->sheet(), "情報資産管理台帳");
    EXPECT_THAT(first->other_sheets(), ElementsAre("利用方法", "脅威の状況"));
    const auto again = Import(book);
    ASSERT_OK(again);
    EXPECT_EQ(again->created_count() + again->updated_count(), 0) << company;
    EXPECT_EQ(again->unchanged_count(), rows);
    const auto csv = Import(SampleFile(absl::StrCat(company, "/ledger.csv")));
    ASSERT_OK(csv);
    EXPECT_EQ(csv->format(), "UTF-8");
    EXPECT_EQ(csv->unchanged_count(), rows) << company << ": the same ledger as CSV";
  }
  EXPECT_EQ(Listed("page_size: 1000").size(), 75u);
  const auto found =
      As("president", *assets_, &Assets::ListAssets,
         "parent: '" + kClient + "' query: 'マイナンバー管理簿' department: '総務部'");
  ASSERT_OK(found);
  ASSERT_EQ(found->assets_size(), 1);
  EXPECT_THAT(found->assets(0).flags(), ElementsAre("PERSONAL", "MY_NUMBER"));
  EXPECT_EQ(found->assets(0).importance(), 3);
  EXPECT_EQ(found->assets(0).register_date().month(), 9);
}

TEST_F(TransferTest, ADryRunIsCommittedByItsToken) {
  const std::string content = std::string(kHeader) + "人事,社員名簿,事務所PC,総務部,○,3,2,1,\n";
  const auto dry = Send(Request(content, true));
  ASSERT_OK(dry);
  EXPECT_EQ(Counts(*dry), "1/0/0/0");
  EXPECT_EQ(dry->import_token().size(), 64u);
  EXPECT_TRUE(Listed("").empty()) << "a dry run changes nothing";

  v1::ImportAssetsRequest other = Request(content + "人事,別の行,書類,総務部,,1,1,1,\n");
  other.set_import_token(dry->import_token());
  EXPECT_THAT(Send(other), StatusIs(StatusCode::kAborted)) << "another file";

  v1::ImportAssetsRequest commit = Request(content);
  commit.set_import_token(dry->import_token());
  commit.set_request_id("0b9e5c1e-6a52-4a0e-9d35-1f2f3a4b5c6d");
  ASSERT_OK_AND_ASSIGN(const v1::ImportReport done, Send(commit));
  EXPECT_EQ(Counts(done), "1/0/0/0");
  ASSERT_OK_AND_ASSIGN(const v1::ImportReport repeated, Send(commit));
  EXPECT_EQ(Counts(repeated), "1/0/0/0") << "the first answer again";
  EXPECT_THAT(Listed(""), ElementsAre("社員名簿"));
  commit.clear_request_id();
  EXPECT_THAT(Send(commit), StatusIs(StatusCode::kAborted)) << "the ledger is another one now";
}

TEST_F(TransferTest, ASecondFileUpdatesByKeyAndShowsWhatChanges) {
  ASSERT_OK(Create(Entry("手書きの項目", "TOP", "flags: 'SENSITIVE' backup: '本社の金庫'")));
  ASSERT_OK(Import(std::string(kHeader) + "人事,社員名簿,事務所PC,総務部,○,3,2,1,\n"
                                          "経理,請求書,書類,経理課,,2,2,2,\n"));
  const auto second = Import(std::string(kHeader) +
                             "経理,請求書,紙,経理課,,２,3,2,控えは別\n"
                             "人事,手書きの項目,パソコン,総務部,○,3,3,3,\n"
                             "営業,名刺,スマホ,営業部,有,1,1,1,\n");
  ASSERT_OK(second);
  EXPECT_EQ(Counts(*second), "1/2/0/1");
  ASSERT_EQ(second->changes_size(), 3);
  const v1::ImportChange& invoice = second->changes(0);
  EXPECT_EQ(invoice.line(), 2);
  EXPECT_EQ(invoice.kind(), v1::ImportChange::KIND_UPDATED);
  std::string fields;
  for (const auto& field : invoice.fields()) {
    absl::StrAppend(&fields, field.field(), ":", field.before(), ">", field.after(), " ");
  }
  EXPECT_EQ(fields, "note:>控えは別 integrity:2>3 importance:2>3 ");
  EXPECT_EQ(second->changes(2).kind(), v1::ImportChange::KIND_CREATED);
  ASSERT_EQ(second->missing_size(), 1);
  EXPECT_EQ(second->missing(0).display_name(), "社員名簿") << "left alone, and listed";
  ASSERT_EQ(second->notes_size(), 3);
  EXPECT_EQ(second->notes(0).text(), "「紙」を「書類」として読みました");
  const auto own =
      As("president", *assets_, &Assets::ListAssets, "parent: '" + kClient + "' query: '手書き'");
  ASSERT_OK(own);
  EXPECT_THAT(own->assets(0).flags(), ElementsAre("SENSITIVE", "PERSONAL"))
      << "what the file has no column for stays";
  EXPECT_EQ(own->assets(0).backup(), "本社の金庫");
}

TEST_F(TransferTest, TheCompanysOwnNumbersJoinRows) {
  const std::string header = std::string("資産番号,") + kHeader;
  ASSERT_OK(Import(header + "A-1,人事,社員名簿,書類,総務部,○,3,2,1,\n"));
  const auto renamed = Import(header + "A-1,総務,従業員名簿,事務所PC,人事部,○,3,2,1,\n");
  ASSERT_OK(renamed);
  EXPECT_EQ(Counts(*renamed), "0/1/0/0");
  EXPECT_THAT(Listed(""), ElementsAre("従業員名簿"));
}

TEST_F(TransferTest, FaultsAreRefusedTogetherAndNothingIsHalfDone) {
  const std::string content = std::string(kHeader) +
                              "人事,社員名簿,事務所PC,総務部,○,3,2,1,\n"
                              "人事,,宇宙,総務部,たぶん,9,2,,\n"
                              "人事,社員名簿,デスクトップ,総務部,,1,1,1,\n";
  const auto refused = Import(content);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(refused.status()), error::v1::ERROR_REASON_FILE_REJECTED);
  EXPECT_THAT(
      BadFields(refused.status()),
      ElementsAre("content[3].情報資産名称", "content[3].媒体・保存先", "content[3].個人情報",
                  "content[3].機密性", "content[3].可用性", "content[4].情報資産名称"));
  EXPECT_TRUE(Listed("").empty());
  const auto dry = Send(Request(content, true));
  ASSERT_OK(dry);
  EXPECT_EQ(dry->problem_count(), 6);
  EXPECT_EQ(dry->problems(1).came(), "宇宙");
  EXPECT_THAT(dry->problems(1).text(), HasSubstr("書類、可搬電子媒体"));
  EXPECT_TRUE(dry->import_token().empty());
  EXPECT_THAT(Import("業務分類,備考\n人事,x\n"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("column '情報資産名称'")));
  EXPECT_THAT(Import("PK\x03\x04"), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(TransferTest, OnlyThoseWhoMay) {
  const auto request = Request(std::string(kHeader) + "人事,社員名簿,書類,総務部,○,3,2,1,\n");
  EXPECT_THAT(Send(request, "other"), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(As("other", *transfers_, &Transfers::ExportAssets,
                 "parent: '" + kClient + "' format: FILE_FORMAT_CSV"),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(As("consultant", *transfers_, &Transfers::ExportAssets, "parent: '" + kClient + "'"),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(TransferTest, TheWorkbookComputesTheImportance) {
  ASSERT_OK(Create(Entry("公開資料")));
  ASSERT_OK(Create(Entry("社員名簿", "BOTTOM", "flags: 'PERSONAL' source_id: 'A-1'")));
  ASSERT_OK_AND_ASSIGN(const XlsxTable book, ReadXlsx(Export("XLSX")));
  const Table& table = book.table;
  EXPECT_EQ(book.sheet, "情報資産管理台帳");
  EXPECT_EQ(table.Cell(0, table.FindColumn({"重要度"})), "1");
  EXPECT_EQ(table.Cell(1, table.FindColumn({"重要度"})), "3");
  EXPECT_EQ(table.Cell(1, table.FindColumn({"ID"})), "A-1");
  EXPECT_EQ(table.Cell(1, table.FindColumn({"媒体・保存先"})), "事務所PC");
  ASSERT_OK_AND_ASSIGN(const Table csv, ReadCsv(Export("CSV")));
  EXPECT_EQ(csv.header(), table.header());
}

TEST_F(TransferTest, SystemsComeAndGoToo) {
  const auto import = [&](const std::string& content) -> absl::StatusOr<v1::ImportReport> {
    v1::ImportSystemsRequest request;
    request.set_parent(kClient);
    request.set_content(content);
    auto answer =
        test::CallAs(keys_.User("president"), *transfers_, &Transfers::ImportSystems, request);
    if (!answer.ok()) return answer.status();
    return answer->report();
  };
  const auto first = import(
      "機器台帳,,,\n種別,PC名,シリアル番号,台数,購入日,持ち出し,サポート期限\n"
      "ノートPC,PC-01,S1,,令和3年4月1日,○,2025/10/14\nUTM,出入口,,1台,,,\n");
  ASSERT_OK(first);
  EXPECT_EQ(Counts(*first), "2/0/0/0");
  EXPECT_THAT(import("種類,名称,管理番号\nロケット,X,\n"),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("ロケット")));
  for (const char* format : {"CSV", "XLSX"}) {
    const auto file = As("president", *transfers_, &Transfers::ExportSystems,
                         absl::StrCat("parent: '", kClient, "' format: FILE_FORMAT_", format));
    ASSERT_OK(file);
    EXPECT_EQ(file->file().row_count(), 2);
    const auto again = import(file->file().content());
    ASSERT_OK(again);
    EXPECT_EQ(Counts(*again), "0/0/2/0") << format;
  }
  const auto listed =
      As("president", *systems_, &Systems::ListSystems, "parent: '" + kClient + "'");
  ASSERT_OK(listed);
  EXPECT_EQ(listed->systems(0).start_date().year(), 2021);
  EXPECT_TRUE(listed->systems(0).external());
  EXPECT_EQ(listed->systems(1).kind(), "NETWORK");
  EXPECT_EQ(listed->systems(1).quantity(), 1);
}

}  // namespace
}  // namespace staraction::asset
