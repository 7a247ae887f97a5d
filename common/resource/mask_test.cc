#include "common/resource/mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bookshop.pb.h"
#include "common/resource/testdata/parse.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using bookshop::Book;
using google::protobuf::FieldMask;
using test::Parse;
using test::Print;
using test::StatusIs;

FieldMask Mask(const std::vector<std::string>& paths) {
  FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

constexpr char kStored[] = R"(
    name: 'n' title: 't' genre: GENRE_NOVEL authors {name: 'a' kana: 'k'} isbn: 'i' loans: 3
    shelf {city: 'c' street: 's' code: '7' country: 'jp' notes: 'x'}
    labels {key: 'a' value: '1'} keywords: 'k' yen: 5 origin {city: 'o'} sold_at {city: 'p'})";

// What is stored with these changes made to it, in text format.
Book Stored(const std::string& cleared, const std::string& changes) {
  Book book = Parse<Book>(kStored);
  if (!cleared.empty()) {
    book.GetReflection()->ClearField(&book, book.GetDescriptor()->FindFieldByName(cleared));
  }
  book.MergeFrom(Parse<Book>(changes));
  return book;
}

struct Case {
  const char* name;
  std::vector<std::string> mask;
  const char* patch;
  Book want;
};

std::vector<Case> Cases() {
  return {
      {"no mask, empty patch", {}, "", Stored("", "")},
      {"no mask: what the patch has", {}, "title: 'u' yen: 6", Stored("", "title: 'u' yen: 6")},
      {"no mask: lists are replaced",
       {},
       "keywords: 'x' keywords: 'y'",
       Stored("keywords", "keywords: 'x' keywords: 'y'")},
      {"no mask: lists of messages are replaced, without output-only parts",
       {},
       "authors {name: 'b' kana: 'z'}",
       Stored("authors", "authors {name: 'b'}")},
      {"no mask: maps are replaced",
       {},
       "labels {key: 'b' value: '2'}",
       Stored("labels", "labels {key: 'b' value: '2'}")},
      {"no mask: messages are replaced but for what is not the caller's",
       {},
       "shelf {city: 'd'}",
       Stored("shelf", "shelf {city: 'd' code: '7' country: 'jp'}")},
      {"what cannot be set is ignored",
       {},
       "name: 'm' loans: 9 etag: 'e' sold_at {city: 'q'} shelf {city: 'd' code: '8'}",
       Stored("shelf", "shelf {city: 'd' code: '7' country: 'jp'}")},
      {"it is ignored by name too",
       {"name", "loans", "etag", "sold_at", "sold_at.city"},
       "name: 'm' loans: 9 etag: 'e' sold_at {city: 'q'}",
       Stored("", "")},
      {"only what the mask names", {"title"}, "title: 'u' yen: 6", Stored("", "title: 'u'")},
      {"named and absent is cleared", {"title"}, "", Stored("title", "")},
      {"named list and absent is cleared", {"keywords"}, "", Stored("keywords", "")},
      {"named message and absent is cleared", {"shelf"}, "", Stored("shelf", "")},
      {"nested",
       {"shelf.street"},
       "shelf {city: 'd' street: 'x'}",
       Stored("", "shelf {street: 'x'}")},
      {"nested list is replaced",
       {"shelf.notes"},
       "shelf {notes: 'y'}",
       Stored("shelf", "shelf {city: 'c' street: 's' code: '7' country: 'jp' notes: 'y'}")},
      {"nested and absent is cleared",
       {"shelf.street"},
       "shelf {city: 'd'}",
       Stored("shelf", "shelf {city: 'c' code: '7' country: 'jp' notes: 'x'}")},
      {"nested in an absent message is cleared",
       {"shelf.street"},
       "",
       Stored("shelf", "shelf {city: 'c' code: '7' country: 'jp' notes: 'x'}")},
      {"twice and overlapping",
       {"shelf.city", "title", "shelf", "title"},
       "title: 'u' shelf {city: 'd'}",
       Stored("shelf", "title: 'u' shelf {city: 'd' code: '7' country: 'jp'}")},
      {"equal immutable is ignored",
       {"isbn", "origin", "origin.city", "title"},
       "isbn: 'i' origin {city: 'o'} title: 'u'",
       Stored("", "title: 'u'")},
      {"other member of a oneof",
       {},
       "barter {city: 'b' code: '1'}",
       Stored("yen", "barter {city: 'b'}")},
      {"other member of a oneof by name",
       {"barter", "yen"},
       "barter {city: 'b'}",
       Stored("yen", "barter {city: 'b'}")},
      {"nothing is made by clearing what is not there", {"barter.city"}, "", Stored("", "")},
      {"immutable parts of a new message may be set",
       {"barter"},
       "barter {city: 'b' country: 'jp'}",
       Stored("yen", "barter {city: 'b' country: 'jp'}")},
      {"star replaces all",
       {"*"},
       "title: 'u' genre: GENRE_NOVEL keywords: 'x'",
       Parse<Book>("name: 'n' title: 'u' genre: GENRE_NOVEL keywords: 'x' isbn: 'i' loans: 3 "
                   "origin {city: 'o'} sold_at {city: 'p'}")},
  };
}

TEST(MaskTest, ApplyUpdate) {
  for (const Case& c : Cases()) {
    Book book = Parse<Book>(kStored);
    const Book patch = Parse<Book>(c.patch);
    EXPECT_OK(ApplyUpdate(Mask(c.mask), patch, &book)) << c.name;
    EXPECT_EQ(Print(book), Print(c.want)) << c.name;
    EXPECT_EQ(Print(patch), Print(Parse<Book>(c.patch))) << c.name;
  }
}

TEST(MaskTest, ErrorsLeaveTheResourceAlone) {
  const struct {
    const char* name;
    std::vector<std::string> mask;
    const char* patch;
    std::vector<std::string> want;
  } cases[] = {
      {"unknown", {"title", "tittle"}, "title: 'u'", {"update_mask"}},
      {"empty path", {""}, "", {"update_mask"}},
      {"unknown inside", {"shelf.town"}, "", {"update_mask"}},
      {"through a plain field", {"title.x"}, "", {"update_mask"}},
      {"into a list", {"authors.name"}, "", {"update_mask"}},
      {"element of a list", {"authors[0]"}, "", {"update_mask"}},
      {"into a map", {"labels.a"}, "", {"update_mask"}},
      {"star with others", {"*", "title"}, "", {"update_mask"}},
      {"star inside", {"shelf.*"}, "", {"update_mask"}},
      {"camel case", {"soldAt"}, "", {"update_mask"}},
      {"immutable", {}, "title: 'u' isbn: 'j'", {"book.isbn"}},
      {"immutable by name", {"isbn", "title"}, "isbn: 'j' title: 'u'", {"book.isbn"}},
      {"immutable cleared by name", {"isbn"}, "", {"book.isbn"}},
      {"immutable inside", {"shelf.country"}, "shelf {country: 'fr'}", {"book.shelf.country"}},
      {"inside immutable", {"origin.city"}, "origin {city: 'x'}", {"book.origin.city"}},
      {"all at once",
       {"*"},
       "isbn: 'j' shelf {country: 'fr'} origin {city: 'x'}",
       {"book.shelf.country", "book.isbn", "book.origin"}},
  };
  for (const auto& c : cases) {
    Book book = Parse<Book>(kStored);
    const absl::Status status = ApplyUpdate(Mask(c.mask), Parse<Book>(c.patch), &book);
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument)) << c.name;
    std::vector<std::string> fields;
    if (const auto bad = GetDetail<google::rpc::BadRequest>(status)) {
      for (const auto& violation : bad->field_violations()) fields.push_back(violation.field());
    }
    EXPECT_THAT(fields, testing::ElementsAreArray(c.want)) << c.name;
    EXPECT_EQ(Print(book), Print(Parse<Book>(kStored))) << c.name;
  }
}

TEST(MaskTest, ProblemTellsWhatCame) {
  const auto problem = MaskProblem(Mask({"title", "tittle"}), *Book::descriptor(), "update_mask");
  ASSERT_TRUE(problem);
  EXPECT_THAT(problem->en, testing::HasSubstr("'tittle' came"));
  EXPECT_FALSE(MaskProblem(Mask({}), *Book::descriptor(), "update_mask"));
  EXPECT_FALSE(MaskProblem(Mask({"*"}), *Book::descriptor(), "update_mask"));
}

}  // namespace
}  // namespace staraction
