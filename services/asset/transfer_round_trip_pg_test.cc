// What is exported imports again without loss; and a ledger that was made dirty in ten ways is told
// so, cell by cell.

#include <fstream>
#include <iterator>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/table/table_file.h"
#include "common/table/test_book.h"
#include "services/asset/testing.h"
#include "staraction/asset/v1/asset_transfer_service.grpc.pb.h"

namespace staraction::asset {
namespace {

using Transfers = v1::AssetTransferService::Stub;

std::string FileText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Random {
 public:
  size_t Below(size_t limit) { return engine_() % limit; }
  template <typename List>
  const auto& Of(const List& list) {
    return list[Below(std::size(list))];
  }
  std::string Text(bool lines = false) {
    static constexpr std::string_view kPieces[] = {
        "a",        "髙", "𠮷", "辻\U000E0100", "ﾊﾟ",      "\"", ",", "=", "+",   "-",    "@",
        "＝",       "'",  "○",  "<&",           "_x0041_", "　", " ", "0", "1e5", "なし", "場所：",
        "2026/4/1", ";",  "\\"};
    std::string text;
    for (size_t i = Below(7); i > 0; --i) {
      text += Of(kPieces);
      if (lines && Below(3) == 0) text += "\n";
    }
    return text;
  }

 private:
  std::mt19937 engine_{20260401};
};

class RoundTripTest : public AssetTest {
 protected:
  RoundTripTest() : transfers_(v1::AssetTransferService::NewStub(service_->channel())) {}

  static v1::Asset RandomAsset(Random& random, int number) {
    static constexpr const char* kMedia[] = {"PAPER",  "PORTABLE",      "OFFICE_PC",
                                             "MOBILE", "OFFICE_SERVER", "CLOUD"};
    static constexpr const char* kLevels[] = {"TOP", "MIDDLE", "BOTTOM"};
    v1::Asset asset;
    // A digit at the end keeps keys apart.
    asset.set_business(random.Text() + "業");
    asset.set_display_name(absl::StrCat(random.Text(), number));
    asset.set_note(random.Text(true));
    asset.set_users(random.Text());
    asset.set_department(random.Text());
    asset.set_medium(random.Of(kMedia));
    for (const char* flag : {"PERSONAL", "SENSITIVE", "MY_NUMBER"}) {
      if (random.Below(3) == 0) asset.add_flags(flag);
    }
    asset.set_confidentiality(random.Of(kLevels));
    asset.set_integrity(random.Of(kLevels));
    asset.set_availability(random.Of(kLevels));
    asset.set_liability(random.Below(3) == 0);
    if (asset.liability()) asset.set_liability_reason(random.Text() + "責");
    if (random.Below(2) == 0) asset.set_persons(static_cast<int64_t>(random.Below(5000)));
    asset.set_retention(random.Text());
    asset.mutable_register_date()->set_year(2026);
    asset.mutable_register_date()->set_month(9);
    asset.mutable_register_date()->set_day(static_cast<int>(random.Below(30)) + 1);
    if (random.Below(2) == 0) *asset.mutable_review_date() = asset.register_date();
    asset.set_backup(random.Text());
    if (random.Below(2) == 0) asset.set_site(kOffice);
    for (const char* stage : {"ACQUIRE", "STORE", "DISPOSE"}) {
      if (random.Below(3) != 0) continue;
      v1::StageUse& use = *asset.add_profile();
      use.set_stage(stage);
      use.set_absent(random.Below(3) == 0);
      if (use.absent()) continue;
      use.set_place(absl::StrCat(random.Below(9), "階"));
      use.set_who(random.Below(2) == 0 ? "" : "担当：総務");
      use.set_how(random.Below(2) == 0 ? "" : "=読む");
    }
    if (random.Below(4) == 0) asset.set_source_id(absl::StrCat("A-", number));
    return asset;
  }

  void Fill(int count) {
    Random random;
    v1::BatchCreateAssetsRequest request;
    request.set_parent(kClient);
    for (int i = 0; i < count; ++i) *request.add_assets() = RandomAsset(random, i);
    ASSERT_OK(
        test::CallAs(keys_.User("consultant"), *assets_, &Assets::BatchCreateAssets, request));
  }
  std::string Export(const std::string& user, const std::string& client,
                     const std::string& format) {
    const auto answer = As(user, *transfers_, &Transfers::ExportAssets,
                           "parent: '" + client + "' format: FILE_FORMAT_" + format);
    EXPECT_OK(answer);
    return answer->file().content();
  }
  absl::StatusOr<v1::ImportReport> Import(const std::string& user, const std::string& client,
                                          const std::string& content, bool dry) {
    v1::ImportAssetsRequest request;
    request.set_parent(client);
    request.set_content(content);
    request.set_validate_only(dry);
    auto answer = test::CallAs(keys_.User(user), *transfers_, &Transfers::ImportAssets, request);
    if (!answer.ok()) return answer.status();
    return answer->report();
  }
  // The file's cells without the IDs, and without spaces: those of new entries are normalised.
  static std::string WithoutIds(const std::string& content) {
    const auto file = ReadTableFile(content);
    EXPECT_OK(file);
    std::string text;
    for (size_t row = 0; row < file->table.row_count(); ++row) {
      for (size_t i = 1; i < file->table.header().size(); ++i) {
        absl::StrAppend(&text, ToAbsl(file->table.Cell(row, i)), "|");
      }
      text += "\n";
    }
    return absl::StrReplaceAll(text, {{" ", ""}, {"　", ""}});
  }

  std::unique_ptr<Transfers> transfers_;
};

constexpr int kEntries = 300;

TEST_F(RoundTripTest, WhatIsExportedSaysTheSame) {
  Fill(kEntries);
  for (const char* format : {"CSV", "XLSX"}) {
    const std::string file = Export("consultant", kClient, format);
    ASSERT_OK_AND_ASSIGN(const v1::ImportReport same, Import("president", kClient, file, false));
    EXPECT_EQ(same.unchanged_count(), kEntries) << format;
    for (const auto& change : same.changes()) ADD_FAILURE() << format << change.ShortDebugString();
    EXPECT_EQ(same.missing_count(), 0);
    EXPECT_EQ(same.notes_size(), 0);
    EXPECT_EQ(same.ignored_columns_size(), 0);
  }
}

TEST_F(RoundTripTest, AnotherLedgerMadeFromTheFileIsTheSame) {
  Fill(kEntries);
  const std::string book = Export("consultant", kClient, "XLSX");
  ASSERT_OK_AND_ASSIGN(const v1::ImportReport made, Import("other", kOtherClient, book, false));
  EXPECT_EQ(made.created_count(), kEntries);
  EXPECT_EQ(WithoutIds(Export("other", kOtherClient, "CSV")),
            WithoutIds(Export("consultant", kClient, "CSV")));
  EXPECT_EQ(WithoutIds(Export("other", kOtherClient, "XLSX")), WithoutIds(book));
}

TEST_F(RoundTripTest, ADirtyLedgerIsToldCellByCell) {
  test::Parts parts = test::Unzip(FileText("tests/data/kitahama/ledger.xlsx"));
  std::string& sheet = parts["xl/worksheets/sheet2.xml"];
  const auto put = [&sheet](const std::string& place, const std::string& cell) {
    const size_t begin = sheet.find("<c r=\"" + place + "\"");
    ASSERT_NE(begin, std::string::npos) << place;
    sheet.replace(begin, sheet.find("</c>", begin) + 4 - begin, cell);
  };
  put("F5", test::T("F5", "屋根裏の箱"));                       // unknown medium
  put("J6", "<c r='J6'><v>5</v></c>");                          // value out of range
  put("B7", test::T("B7", "　"));                               // empty name
  put("O8", test::T("O8", "2026.13.1"));                        // a day that isn't
  put("G9", test::T("G9", "たぶん"));                           // a mark that is none
  put("K10", "<c r='K10' t='e'><f>1/0</f><v>#DIV/0!</v></c>");  // a formula's error
  put("B12", test::T("B12", "社員名簿（紙）"));                 // doubled entry …
  put("A12", test::T("A12", "人事"));
  put("E12", test::T("E12", "総務部"));
  put("F12", test::T("F12", "紙"));
  put("L13", test::T("L13", "２"));                   // full width: fine
  put("J14", "<c r='J14'><f>1+1</f></c>");            // no stored value
  put("B15", test::T("B15", std::string(250, 'x')));  // too long
  put("O16", test::T("O16", "令和8年9月3日"));        // an era: fine
  put("O17", test::T("O17", "20日"));                 // no date
  ASSERT_OK_AND_ASSIGN(const v1::ImportReport report,
                       Import("president", kClient, test::Zip(parts), true));
  std::string text;
  for (const auto& problem : report.problems()) {
    absl::StrAppend(&text, problem.line(), "行目「", problem.column(), "」",
                    problem.came().substr(0, 60), "：", problem.text(), "\n");
  }
  for (const auto& note : report.notes()) {
    absl::StrAppend(&text, note.line(), "行目「", note.column(), "」", note.text(), "\n");
  }
  absl::StrAppend(&text, "追加 ", report.created_count(), "件\n");
  EXPECT_EQ(text, FileText("services/asset/testdata/dirty_ledger.txt")) << text;
  EXPECT_TRUE(Listed("").empty());
}

}  // namespace
}  // namespace staraction::asset
