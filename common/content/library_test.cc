#include "common/content/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_replace.h"
#include "common/content/source.h"
#include "common/testing/status_matchers.h"

namespace staraction::content {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A pack of a consultancy with one code list.
PackSource OwnPack(const std::string& folder, int version, const std::string& id,
                   const std::string& more = "") {
  const std::string head = absl::StrReplaceAll(
      R"(urn: "urn:test:$F" version: $V title { ja: "自社" } license_note: "ours"
         valid_from { year: 2026 month: 4 day: 1 })",
      {{"$F", folder}, {"$V", std::to_string(version)}});
  const std::string list = "code_lists { id: \"" + id + "\" title { ja: \"v" +
                           std::to_string(version) +
                           "\" }\n entries { code: \"A\" label { ja: \"あ\" } } }\n" + more;
  return {folder, {{"pack.textproto", head}, {"lists.textproto", list}}};
}

std::vector<std::string> Texts(const Problems& problems) {
  std::vector<std::string> texts;
  for (const auto& problem : problems) texts.push_back(problem.ToString());
  return texts;
}

TEST(LibraryTest, AddedPacksStandBesideTheBuiltInOnes) {
  ASSERT_OK_AND_ASSIGN(const auto library,
                       Library::Load(BuiltInPacks(), {OwnPack("own", 3, "shifts")}));
  EXPECT_THAT(Texts(library->problems()), IsEmpty());
  const auto* list = library->FindCodeList("shifts");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->pack().urn(), "urn:test:own");
  EXPECT_EQ(list->pack().version(), 3);
  EXPECT_NE(library->FindOffering("one-star"), nullptr);
  EXPECT_THAT(library->packs(), SizeIs(BuiltInPacks().size() + 1));
}

TEST(LibraryTest, AFaultyAddedPackIsRefusedAloneAndReported) {
  ASSERT_OK_AND_ASSIGN(
      const auto library,
      Library::Load(BuiltInPacks(),
                    {OwnPack("bad", 1, "bad-list", "surprise: 1\n"), OwnPack("good", 1, "good")}));
  EXPECT_THAT(Texts(library->problems()),
              ElementsAre(testing::AllOf(testing::StartsWith("bad/lists.textproto:3: "),
                                         HasSubstr("surprise"))));
  EXPECT_EQ(library->FindCodeList("bad-list"), nullptr);
  EXPECT_NE(library->FindCodeList("good"), nullptr);
}

TEST(LibraryTest, AFaultyBuiltInPackStopsTheStart) {
  const auto library = Library::Load({OwnPack("bad", 0, "list")}, {});
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(std::string(library.status().message()),
              HasSubstr("bad/pack.textproto: version is missing or less than 1"));
}

TEST(LibraryTest, TheNewestVersionIsFoundUnlessAnotherIsAskedFor) {
  PackSource newer = OwnPack("own", 2, "shifts");
  newer.folder = "own-v2";
  ASSERT_OK_AND_ASSIGN(const auto library,
                       Library::Load(BuiltInPacks(), {newer, OwnPack("own", 1, "shifts")}));
  EXPECT_THAT(Texts(library->problems()), IsEmpty());
  EXPECT_EQ(library->FindCodeList("shifts")->title().ja(), "v2");
  EXPECT_EQ(library->FindCodeList("shifts", 1)->title().ja(), "v1");
  EXPECT_EQ(library->FindCodeList("shifts", 3), nullptr);
}

TEST(LibraryTest, AnIdBelongsToOnePack) {
  ASSERT_OK_AND_ASSIGN(const auto library,
                       Library::Load(BuiltInPacks(), {OwnPack("own", 1, "industries")}));
  EXPECT_THAT(Texts(library->problems()),
              ElementsAre(HasSubstr("CodeList \"industries\" is already in urn:staraction:")));
  EXPECT_EQ(library->FindCodeList("industries")->pack().urn(), "urn:staraction:pack:base");
}

class DirectoryTest : public testing::Test {
 protected:
  DirectoryTest() {
    folder_ = std::filesystem::temp_directory_path() / ("content-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_ / "own");
  }
  ~DirectoryTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& path, const std::string& text) {
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }

  std::filesystem::path folder_;
};

TEST_F(DirectoryTest, PacksAreReadFromItsFolders) {
  for (const PackFile& file : OwnPack("own", 1, "shifts").files)
    Write("own/" + file.path, file.text);
  Write("own/notes.txt", "no part of the pack");
  ASSERT_OK_AND_ASSIGN(const auto library, Library::Load(folder_.string()));
  EXPECT_THAT(Texts(library->problems()), IsEmpty());
  EXPECT_NE(library->FindCodeList("shifts"), nullptr);
}

TEST_F(DirectoryTest, FilesThatAreTooLargeAreReported) {
  for (const PackFile& file : OwnPack("own", 1, "shifts").files)
    Write("own/" + file.path, file.text);
  Write("own/large.md", std::string((1 << 20) + 1, 'a'));
  ASSERT_OK_AND_ASSIGN(const auto library, Library::Load(folder_.string()));
  EXPECT_THAT(Texts(library->problems()), ElementsAre("own/large.md: larger than 1 MiB"));
  EXPECT_EQ(library->FindCodeList("shifts"), nullptr);
}

TEST_F(DirectoryTest, AMissingDirectoryIsReported) {
  ASSERT_OK_AND_ASSIGN(const auto library, Library::Load((folder_ / "none").string()));
  EXPECT_THAT(library->problems(), SizeIs(1));
}

}  // namespace
}  // namespace staraction::content
