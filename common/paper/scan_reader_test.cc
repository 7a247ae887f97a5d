#include "common/paper/scan_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "common/paper/recognize.h"
#include "common/paper/test_scans.h"
#include "common/testing/status_matchers.h"

namespace staraction::paper {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const FormCode kFirst = {FormKind::kPledge, "0190a000-0000-7000-8000-0000000000e1",
                         "0190a000-0000-7000-8000-000000000101"};
const FormCode kSecond = {FormKind::kTest, "0190a000-0000-7000-8000-0000000000e2",
                          "0190a000-0000-7000-8000-000000000102"};

ScannedPages Read(const std::string& bytes, const std::string& media_type,
                  const std::string& program = SCAN_PROGRAM) {
  const auto pages = ProcessScanReader(program).Read(bytes, media_type, absl::Seconds(20));
  EXPECT_OK(pages);
  return pages.value_or(ScannedPages());
}

GrayImage Turned(const GrayImage& sheet) {
  GrayImage turned = sheet;
  std::reverse(turned.pixels.begin(), turned.pixels.end());
  return turned;
}

TEST(ScanReader, FindsTheCodeInEachKindOfFile) {
  const GrayImage sheet = DrawSheet({EncodeFormCode(kFirst)});
  EXPECT_THAT(Read(ToPng(sheet), "image/png"), ElementsAre(ElementsAre(kFirst)));
  EXPECT_THAT(Read(ToJpeg(sheet), "image/jpeg"), ElementsAre(ElementsAre(kFirst)));
  EXPECT_THAT(Read(ToPdf({sheet}), "application/pdf"), ElementsAre(ElementsAre(kFirst)));
  EXPECT_THAT(Read(ToPng(Turned(sheet)), "image/png"), ElementsAre(ElementsAre(kFirst)))
      << "upside down";
}

TEST(ScanReader, TellsPagesApart) {
  const std::string pdf = ToPdf({DrawSheet({EncodeFormCode(kFirst)}), DrawSheet({""}),
                                 DrawSheet({EncodeFormCode(kSecond), EncodeFormCode(kSecond)})});
  EXPECT_THAT(Read(pdf, "application/pdf"),
              ElementsAre(ElementsAre(kFirst), IsEmpty(), ElementsAre(kSecond)));
}

TEST(ScanReader, OtherCodesAreNotOurs) {
  EXPECT_THAT(Read(ToPng(DrawSheet({"https://example.jp/", "SA1P"})), "image/png"),
              ElementsAre(IsEmpty()));
}

TEST(ScanReader, DamagedFilesHaveNoPages) {
  const GrayImage sheet = DrawSheet({EncodeFormCode(kFirst)});
  const std::string png = ToPng(sheet);
  const std::string jpeg = ToJpeg(sheet);
  const std::string pdf = ToPdf({sheet});
  struct Case {
    const char* name;
    std::string bytes;
    const char* media_type;
  };
  const std::vector<Case> cases = {
      {"empty", "", "image/png"},
      {"half a png", png.substr(0, png.size() / 2), "image/png"},
      {"head of a png", png.substr(0, 20), "image/png"},
      {"head of a jpeg", jpeg.substr(0, 30), "image/jpeg"},
      {"head of a pdf", pdf.substr(0, 100), "application/pdf"},
      {"another kind", png, "image/jpeg"},
      {"unknown kind", png, "image/tiff"},
  };
  for (const Case& c : cases) EXPECT_THAT(Read(c.bytes, c.media_type), IsEmpty()) << c.name;
}

// A few bytes that say that they are a huge picture: refused by their head.
TEST(ScanReader, HugePicturesAreRefusedBeforeTheyAreUnpacked) {
  std::string png = ToPng(DrawSheet({}));
  EXPECT_TRUE(ReadPng(png).has_value());
  png[16] = '\x7f';  // first byte of the width; the checksum is wrong as well
  EXPECT_THAT(Read(png, "image/png"), IsEmpty());
  std::string jpeg = ToJpeg(DrawSheet({}));
  const size_t frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xff\xdc\xff\xdc");  // 65,500 by 65,500 dots
  EXPECT_FALSE(ReadJpeg(jpeg).has_value());
  EXPECT_THAT(Read(jpeg, "image/jpeg"), IsEmpty());
}

TEST(ScanReader, AProgramThatFailsOrSaysOtherThingsReadsNothing) {
  EXPECT_THAT(Read("x", "image/png", "/bin/false"), IsEmpty());
  EXPECT_THAT(Read("x", "image/png", "/bin/echo"), IsEmpty());
  EXPECT_FALSE(ProcessScanReader("/no/such/program").Read("x", "image/png", absl::Seconds(1)).ok());
  EXPECT_THAT(ParseScanLines("page 1\npage 2\n" + EncodeFormCode(kFirst) + "\n"),
              ElementsAre(IsEmpty(), ElementsAre(kFirst)));
  EXPECT_THAT(ParseScanLines(EncodeFormCode(kFirst) + "\n"), IsEmpty());
}

TEST(ScanReader, GivesUpInTime) {
  const auto none = ProcessScanReader(SCAN_PROGRAM).Read("", "image/png", absl::ZeroDuration());
  ASSERT_OK(none);
  EXPECT_THAT(*none, IsEmpty());
  const std::string sleeper = ::testing::TempDir() + "/sleeper";
  std::ofstream(sleeper) << "#!/bin/sh\nexec sleep 60\n";
  std::filesystem::permissions(sleeper, std::filesystem::perms::owner_all);
  const auto slow = ProcessScanReader(sleeper).Read("x", "image/png", absl::Milliseconds(10));
  ASSERT_OK(slow);
  EXPECT_THAT(*slow, IsEmpty());
  // One that talks without end is ended.
  EXPECT_THAT(Read("x", "image/png", "/usr/bin/yes"), IsEmpty());
}

}  // namespace
}  // namespace staraction::paper
