#include "services/document/writers/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <thread>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/clock.h"
#include "services/document/testing.h"

namespace staraction::document {
namespace {

using ::testing::HasSubstr;

RenderedPdf Render(const v1::BlockDocument& document, FieldValues fields = {}) {
  RenderOptions options;
  options.fonts = TestFonts();
  options.fields = std::move(fields);
  options.create_time = absl::FromCivil(absl::CivilSecond(2026, 4, 1, 9, 30, 0), Tokyo());
  auto pdf = RenderPdf(document, options);
  EXPECT_TRUE(pdf.ok()) << pdf.status();
  return pdf.ok() ? *std::move(pdf) : RenderedPdf{};
}

// What a command prints about the PDF; @ in the command stands for the file.
std::string Inspect(const RenderedPdf& pdf, const std::string& command) {
  const auto path =
      std::filesystem::temp_directory_path() / absl::StrCat("sa_pdf_", getpid(), ".pdf");
  std::ofstream(path, std::ios::binary) << pdf.bytes;
  const std::string line = absl::StrReplaceAll(command, {{"@", path.string()}}) + " 2>&1";
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(line.c_str(), "r"), pclose);
  std::string output;
  char buffer[4096];
  while (const size_t size = std::fread(buffer, 1, sizeof(buffer), pipe.get())) {
    output.append(buffer, size);
  }
  std::filesystem::remove(path);
  return output;
}

std::string WithoutSpace(const std::string& text) {
  return absl::StrReplaceAll(
      text, {{" ", ""}, {"\n", ""}, {"\f", ""}, {"　", ""}, {"\r", ""}, {"\t", ""}});
}

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(RenderPdf, TextComesOutAsItWentIn) {
  const std::string names =
      "髙橋、山﨑、濵田、𠮷野、渡邉󠄀、辻󠄀、①㈱№㍻、ＯＳとWindows "
      "11（2026年）。";
  const auto pdf = Render(ParseDocument(
      absl::StrCat("blocks { paragraph { inlines { text: '", names, "' } inlines { strong: '",
                   Repeated(names, 9), "' } inlines { text: '", Repeated(names, 9), "' } } }")));
  EXPECT_EQ(WithoutSpace(Inspect(pdf, "pdftotext @ -")), WithoutSpace(Repeated(names, 19)));
  EXPECT_TRUE(pdf.missing_glyphs.empty());
}

TEST(RenderPdf, EveryToolAcceptsTheSamples) {
  for (const char* name : {"pledge.txtpb", "declaration_sheet.txtpb", "regulation.txtpb"}) {
    const auto pdf = Render(ReadDocument(name));
    EXPECT_THAT(Inspect(pdf, "qpdf --check @"), HasSubstr("No syntax or stream encoding errors"))
        << name;
    // Two lines of headings, then a line a font: embedded, subset, with a Unicode map.
    std::istringstream fonts(Inspect(pdf, "pdffonts @ | tail -n +3"));
    int count = 0;
    for (std::string line; std::getline(fonts, line); ++count) {
      EXPECT_THAT(line, HasSubstr(" yes yes yes ")) << name;
    }
    EXPECT_GE(count, 2) << name;
    EXPECT_TRUE(pdf.missing_glyphs.empty()) << name;
  }
}

TEST(RenderPdf, PledgeIsOnePageAndListsItsFields) {
  const auto pdf = Render(ReadDocument("pledge.txtpb"), {{"member.name", "𠮷田　太郎"}});
  EXPECT_EQ(pdf.page_count, 1);
  EXPECT_EQ(pdf.unresolved_fields.size(), 6U);
  const std::string text = WithoutSpace(Inspect(pdf, "pdftotext @ -"));
  EXPECT_THAT(text, HasSubstr("𠮷田太郎"));
  EXPECT_THAT(text, HasSubstr("【未入力：誓約日】"));
  EXPECT_LE(pdf.bytes.size(), 150'000U);
}

// The rules of PDF/A-2b that can be read off the objects of a file.
void CheckArchive(const RenderedPdf& pdf, const std::string& title) {
  QPDF file;
  file.processMemoryFile("test", pdf.bytes.data(), pdf.bytes.size());
  EXPECT_FALSE(file.isEncrypted());
  QPDFObjectHandle root = file.getRoot();
  EXPECT_FALSE(root.hasKey("/OpenAction") || root.hasKey("/AA"));
  EXPECT_FALSE(root.getKey("/Names").hasKey("/JavaScript"));
  EXPECT_EQ(root.getKey("/Lang").getUTF8Value(), "ja-JP");
  EXPECT_TRUE(root.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
  EXPECT_TRUE(root.getKey("/StructTreeRoot").isDictionary());
  EXPECT_TRUE(root.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
  QPDFObjectHandle intent = root.getKey("/OutputIntents").getArrayItem(0);
  EXPECT_EQ(intent.getKey("/S").getName(), "/GTS_PDFA1");
  const auto profile = intent.getKey("/DestOutputProfile").getStreamData();
  const std::string icc(reinterpret_cast<const char*>(profile->getBuffer()), profile->getSize());
  ASSERT_GT(icc.size(), 128U);
  EXPECT_EQ(icc.substr(36, 4), "acsp");
  const auto size = static_cast<unsigned char>(icc[2]) * 256U + static_cast<unsigned char>(icc[3]);
  EXPECT_EQ(size, icc.size());
  const auto xmp = root.getKey("/Metadata").getStreamData();
  const std::string metadata(reinterpret_cast<const char*>(xmp->getBuffer()), xmp->getSize());
  EXPECT_THAT(metadata, HasSubstr("<pdfaid:part>2<"));
  EXPECT_THAT(metadata, HasSubstr("<pdfaid:conformance>B<"));
  EXPECT_THAT(metadata, HasSubstr(">" + title + "</rdf:li>"));
  EXPECT_THAT(metadata, HasSubstr("<xmp:CreateDate>2026-04-01T09:30:00+09:00<"));
  QPDFObjectHandle info = file.getTrailer().getKey("/Info");
  EXPECT_EQ(info.getKey("/Title").getUTF8Value(), title);
  EXPECT_EQ(info.getKey("/CreationDate").getUTF8Value(), "D:20260401093000+09'00'");
  EXPECT_TRUE(file.getTrailer().getKey("/ID").isArray());
  for (QPDFObjectHandle object : file.getAllObjects()) {
    if (!object.isDictionary()) continue;
    if (object.isDictionaryOfType("/Font") && object.hasKey("/DescendantFonts")) {
      EXPECT_TRUE(object.hasKey("/ToUnicode")) << object.unparseResolved();
    }
    if (object.isDictionaryOfType("/FontDescriptor")) {
      EXPECT_TRUE(object.hasKey("/FontFile3") || object.hasKey("/FontFile2"))
          << object.unparseResolved();
    }
    EXPECT_FALSE(object.hasKey("/JS") || object.hasKey("/EF")) << object.unparseResolved();
    if (object.isDictionaryOfType("/Annot", "/Link")) {
      EXPECT_EQ(object.getKey("/F").getIntValueAsInt(), 4);
      EXPECT_TRUE(object.getKey("/Contents").isString());
    }
  }
}

TEST(RenderPdf, KeepsTheRulesOfTheArchiveFormat) {
  CheckArchive(Render(ReadDocument("declaration_sheet.txtpb")), "自己宣言 入力控え");
  CheckArchive(Render(ReadDocument("regulation.txtpb")), "情報セキュリティ管理規程");
}

// Counts marked content; fails where something is drawn outside of any.
class MarkCounter : public QPDFObjectHandle::ParserCallbacks {
 public:
  void handleObject(QPDFObjectHandle object) override {
    if (!object.isOperator()) return;
    const std::string name = object.getOperatorValue();
    if (name == "BDC" || name == "BMC") ++depth;
    if (name == "EMC") --depth;
    if (name == "Tj" || name == "TJ" || name == "S" || name == "f") {
      EXPECT_EQ(depth, 1) << name;
      ++drawn;
    }
  }
  void handleEOF() override { EXPECT_EQ(depth, 0); }

  int depth = 0;
  int drawn = 0;
};

TEST(RenderPdf, EverythingDrawnIsInTheStructureOrAnArtifact) {
  const auto pdf = Render(ReadDocument("regulation.txtpb"));
  QPDF file;
  file.processMemoryFile("test", pdf.bytes.data(), pdf.bytes.size());
  for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(file).getAllPages()) {
    MarkCounter counter;
    page.parseContents(&counter);
    EXPECT_GT(counter.drawn, 5);
  }
}

TEST(RenderPdf, TagsListsTablesAndHeadings) {
  const std::string tree = Inspect(Render(ReadDocument("regulation.txtpb")), "pdfinfo -struct @");
  for (const char* tag : {"Document", "H1", "H2", "H5", "LI", "Lbl", "LBody", "Table", "TR", "TH",
                          "TD", "Caption", "Link"}) {
    EXPECT_THAT(tree, HasSubstr(tag));
  }
}

TEST(RenderPdf, LongTableRepeatsItsHeaderAndLosesNoRow) {
  std::string text =
      "blocks { table { columns { header { text: '番号' } } columns { width: 4 header {"
      " text: '内容' } }";
  for (int i = 0; i < 300; ++i) {
    absl::StrAppend(&text, "rows { cells { inlines { text: 'r", i,
                    "z' } } cells { inlines { text: '", Repeated("資産の説明。", i % 17),
                    "' } } }");
  }
  const auto pdf = Render(ParseDocument(text + "} }"));
  EXPECT_GT(pdf.page_count, 8);
  std::vector<std::string> first(static_cast<size_t>(pdf.page_count));
  std::set<std::string> rows;
  for (const LineRecord& line : pdf.lines) {
    auto& top = first[static_cast<size_t>(line.page)];
    if (top.empty()) top = line.text;
    if (line.text.back() == 'z') {
      EXPECT_TRUE(rows.insert(line.text).second) << line.text;
    }
    EXPECT_LT(line.y, 297 * 72 / 25.4 - 60) << line.text;
  }
  EXPECT_EQ(rows.size(), 300U);
  for (const std::string& top : first) EXPECT_EQ(top, "番号");
}

TEST(RenderPdf, RowHigherThanAPageGoesOnOnTheNext) {
  const std::string long_text = Repeated("とても長い説明です。", 700);
  const auto pdf = Render(ParseDocument(
      absl::StrCat("blocks { table { columns {} columns {} rows { cells { inlines { text: '",
                   long_text, "' } } cells { inlines { text: '短い' } } } } }")));
  EXPECT_GT(pdf.page_count, 2);
  std::string joined;
  for (const LineRecord& line : pdf.lines) {
    EXPECT_LT(line.y, 297 * 72 / 25.4 - 60);
    if (line.text != "短い") joined += line.text;
  }
  EXPECT_EQ(joined, long_text);
}

TEST(RenderPdf, NoPageBeginsWithTheLastLineOrEndsWithAHeading) {
  for (int before = 20; before < 40; ++before) {
    std::string text;
    for (int i = 0; i < before; ++i) {
      text += "blocks { paragraph { role: PARAGRAPH_ROLE_PLAIN inlines { text: '行' } } }";
    }
    absl::StrAppend(&text,
                    "blocks { heading { inlines { text: '見出し' } } } blocks { paragraph { "
                    "inlines { text: '",
                    Repeated("三行になる段落の本文です。", 9), "' } } }");
    const auto pdf = Render(ParseDocument(text));
    std::vector<int> pages;
    for (const LineRecord& line : pdf.lines) {
      if (line.text != "行") pages.push_back(line.page);
    }
    ASSERT_EQ(pages.size(), 4U) << "the paragraph should have three lines";
    EXPECT_EQ(std::set<int>(pages.begin(), pages.end()).size(), 1U) << "after " << before;
  }
}

TEST(RenderPdf, HardInputs) {
  struct Case {
    const char* name;
    std::string document;
  };
  const Case cases[] = {
      {"empty", ""},
      {"empty_parts",
       "title: '' blocks { paragraph {} } blocks { heading {} } blocks { article {} } blocks { "
       "list "
       "{} } blocks { table { columns {} } } blocks { signature_box {} } blocks { key_value {} } "
       "blocks { page_break {} }"},
      {"deep_list",
       "blocks { list { items { inlines { text: '一' } lists { items { inlines { text: '二' } "
       "lists "
       "{ items { inlines { text: '三' } lists { items { inlines { text: '四' } lists { items { "
       "inlines { text: '五' } } } } } } } } } } items { inlines { text: '六' } } } }"},
      {"long_word",
       absl::StrCat("blocks { paragraph { inlines { text: '", std::string(5000, 'x'), "' } } }")},
      {"breaks", "blocks { page_break {} } blocks { page_break {} } blocks { page_break {} }"},
      {"many_columns",
       absl::StrCat("blocks { table { ", Repeated("columns { header { text: '見出し' } } ", 30),
                    "rows { ", Repeated("cells { inlines { text: '値（abc）' } } ", 30), "} } }")},
      {"quotes",
       "blocks { paragraph { inlines { link { url: \"https://x.example/'a'\\\\日本\" } } } }"},
  };
  for (const Case& test : cases) {
    const auto pdf = Render(ParseDocument(test.document));
    EXPECT_GE(pdf.page_count, 1) << test.name;
    EXPECT_THAT(Inspect(pdf, "qpdf --check @"), HasSubstr("No syntax or stream encoding errors"))
        << test.name;
    for (const LineRecord& line : pdf.lines) {
      EXPECT_LE(line.width, std::max(line.room, 10.6)) << test.name << ": " << line.text;
    }
  }
}

TEST(RenderPdf, SaysWhatIsWrong) {
  RenderOptions options;
  options.fonts = TestFonts();
  EXPECT_EQ(RenderPdf(ParseDocument("style: 'no'"), options).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FontLibrary::Open("no/such/folder").status().code(), absl::StatusCode::kNotFound);
}

TEST(RenderPdf, EqualInputGivesEqualBytesOnAnyThread) {
  const auto document = ReadDocument("pledge.txtpb");
  const std::string first = Render(document).bytes;
  std::string others[2];
  std::thread threads[] = {std::thread([&] { others[0] = Render(document).bytes; }),
                           std::thread([&] { others[1] = Render(document).bytes; })};
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(first == others[0]);
  EXPECT_TRUE(first == others[1]);
}

}  // namespace
}  // namespace staraction::document
