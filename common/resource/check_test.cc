#include "common/resource/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "bookshop.pb.h"
#include "common/resource/testdata/parse.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using bookshop::Book;
using bookshop::RequiredRequest;
using bookshop::RulesRequest;
using bookshop::UpdateBookRequest;
using google::protobuf::Message;
using test::Parse;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// Descriptions by field: "field: ja / en".
std::vector<std::string> Descriptions(const Message& request) {
  std::vector<std::string> out;
  const auto bad = GetDetail<google::rpc::BadRequest>(CheckRequest(request));
  if (!bad) return out;
  for (const auto& violation : bad->field_violations()) {
    out.push_back(absl::StrCat(violation.field(), ": ", violation.description()));
  }
  return out;
}

std::vector<std::string> Fields(const Message& request) {
  std::vector<std::string> out;
  for (const std::string& text : Descriptions(request))
    out.push_back(text.substr(0, text.find(": ")));
  return out;
}

TEST(CheckTest, EverythingMissingIsToldAtOnce) {
  EXPECT_THAT(Fields(RequiredRequest()),
              ElementsAre("text", "data", "genre", "count", "explicit_count", "explicit_flag",
                          "author", "list", "labels", "day"));
  EXPECT_EQ(ReasonOf(CheckRequest(RequiredRequest())), error::v1::ERROR_REASON_INVALID_FIELDS);
}

TEST(CheckTest, WhatIsThereIsNotMissing) {
  EXPECT_THAT(Descriptions(Parse<RequiredRequest>(R"(
      text: 'x' data: 'x' genre: GENRE_NOVEL count: 1 explicit_count: 0 explicit_flag: false
      author {name: 'x'} list: 'x' labels {key: 'k' value: ''} day {year: 2024 month: 2 day: 29})")),
              IsEmpty());
}

TEST(CheckTest, RequiredInsideMessagesThatCame) {
  EXPECT_THAT(Fields(Parse<Book>("title: 'x' genre: GENRE_NOVEL")), IsEmpty());
  EXPECT_THAT(Fields(Parse<Book>(R"(title: 'x' genre: GENRE_NOVEL shelf {} authors {name: 'x'}
                                    authors {} editors {key: 'e' value {}})")),
              UnorderedElementsAre("shelf.city", "authors[1].name", "editors[\"e\"].name"));
}

TEST(CheckTest, LimitsOfStringsCountCodePoints) {
  const auto fields = [](const std::string& title) {
    Book book = Parse<Book>("genre: GENRE_NOVEL");
    book.set_title(title);
    return Fields(book);
  };
  EXPECT_THAT(fields("𠮷𠮷𠮷𠮷𠮷"), IsEmpty());
  EXPECT_THAT(fields("𠮷𠮷𠮷𠮷𠮷𠮷"), ElementsAre("title"));
}

TEST(CheckTest, DefaultLimits) {
  RulesRequest rules;
  rules.set_line(std::string(1000, 'x'));
  for (int i = 0; i < 100; ++i) rules.add_numbers(i);
  EXPECT_THAT(Fields(rules), IsEmpty());
  rules.set_line(std::string(1001, 'x'));
  rules.add_numbers(1);
  EXPECT_THAT(Descriptions(rules),
              ElementsAre("line: 1001文字は使えません。1000文字以内を指定してください / 1001 "
                          "characters came; wanted at most 1000 characters",
                          "numbers: 101件は使えません。100件以内を指定してください / 101 elements "
                          "came; wanted at most 100 elements"));
  RequiredRequest data = Parse<RequiredRequest>("");
  data.set_data(std::string(16 << 20, 'x'));
  EXPECT_THAT(Fields(data), Not(testing::Contains("data")));
  data.mutable_data()->push_back('x');
  EXPECT_THAT(Fields(data), testing::Contains("data"));
}

TEST(CheckTest, PageTokenMayBeLonger) {
  bookshop::ListBooksRequest list;
  list.set_page_token(std::string(16000, 'x'));
  EXPECT_THAT(Fields(list), IsEmpty());
  list.mutable_page_token()->push_back('x');
  EXPECT_THAT(Fields(list), ElementsAre("page_token"));
}

TEST(CheckTest, LimitsOfBytesListsAndMaps) {
  const std::string base = "title: 'x' genre: GENRE_NOVEL ";
  EXPECT_THAT(Fields(Parse<Book>(base + "cover: '1234' labels {key: 'longer' value: '123'}")),
              IsEmpty());
  EXPECT_THAT(Fields(Parse<Book>(base + "cover: '12345'")), ElementsAre("cover"));
  EXPECT_THAT(Fields(Parse<Book>(base + "labels {key: 'a' value: '1234'}")),
              ElementsAre("labels[\"a\"]"));
  EXPECT_THAT(Fields(Parse<Book>(base + "labels {key: 'a\\n' value: '1'}")),
              ElementsAre("labels[\"a\uFFFD\"].key"));
  EXPECT_THAT(Fields(Parse<Book>(base + "labels {key: 'a'} labels {key: 'b'} labels {key: 'c'}")),
              ElementsAre("labels"));
  // Nothing inside a list that is too long is looked at.
  EXPECT_THAT(Fields(Parse<Book>(base + "authors {} authors {} authors {} authors {}")),
              ElementsAre("authors"));
}

TEST(CheckTest, Values) {
  const struct {
    const char* request;
    bool good;
  } cases[] = {
      {"line: '　山田 𠮷'", true},
      {"line: 'a\\nb'", false},
      {"line: 'a\\tb'", false},
      {"line: 'a\\000b'", false},
      {"line: '\\177'", false},
      {"line: '\\302\\205'", false},       // U+0085, next line
      {"line: '\\342\\200\\250'", false},  // U+2028, line separator
      {"lines: 'a\\n\\tb'", true},
      {"lines: 'a\\r\\nb'", false},
      {"lines: 'a\\000b'", false},
      {"uuid: '01234567-89ab-7cde-8fab-0123456789ab'", true},
      {"uuid: '01234567-89AB-7cde-8fab-0123456789ab'", false},
      {"corporate_number: '7000012050002'", true},
      {"corporate_number: '1000012050002'", false},
      {"corporate_number: '700001205000'", false},
      {"corporate_number: '７000012050002'", true},
      {"email: 'a@b'", true},
      {"email: 'a@b@c'", false},
      {"email: '@b'", false},
      {"email: 'a@'", false},
      {"email: 'a b@c'", false},
      {"email: 'a　b@c'", false},
      {"url: 'https://example.jp/a?b#c'", true},
      {"url: 'HTTP://example.jp'", true},
      {"url: 'https://例え.jp/道'", true},
      {"url: 'https://'", false},
      {"url: 'https:///a'", false},
      {"url: 'https://:80/'", false},
      {"url: 'https://a b/'", false},
      {"url: '//example.jp'", false},
      {"url: 'ftp://example.jp'", false},
      {"url: 'javascript:alert(1)'", false},
      {"resource: 'clients/c'", true},
      {"resource: 'clients/'", false},
      {"large: 9", true},
      {"large: 10", false},
      {"large: 18446744073709551615", false},
      {"small: -3", true},
      {"small: -4", false},
      {"small: 4", false},
      {"ratio: 1e300", true},
      {"ratio: nan", false},
      {"ratio: -inf", false},
      {"share: inf", false},
      {"genres: GENRE_NOVEL genres: GENRE_UNSPECIFIED", true},
      {"day {year: 2024 month: 2 day: 29}", true},
      {"day {year: 2023 month: 2 day: 29}", false},
      {"day {year: 2023 month: 13 day: 1}", false},
      {"day {year: 2023 month: 4 day: 31}", false},
      {"day {year: 2023 month: 4}", false},
      {"day {month: 4 day: 1}", false},
      {"day {}", false},
      {"day {year: 10000 month: 1 day: 1}", false},
      {"day {year: 2023 month: -1 day: 1}", false},
      {"time {seconds: 253402300799 nanos: 999999999}", true},
      {"time {seconds: 253402300800}", false},
      {"time {seconds: -62135596800}", true},
      {"time {seconds: -62135596801}", false},
      {"time {nanos: -1}", false},
      {"time {nanos: 1000000000}", false},
      {"span {seconds: -1 nanos: -1}", true},
      {"span {seconds: 1 nanos: -1}", false},
      {"span {seconds: 315576000001}", false},
      {"ranks: 1 ranks: 2", true},
      {"ranks: 1 ranks: 0", false},
      {"rank: 1", true},
      {"rank: 0", false},
      {"made: 'a\\nb'", true},  // not the caller's to set
  };
  for (const auto& c : cases) {
    const auto descriptions = Descriptions(Parse<RulesRequest>(c.request));
    EXPECT_THAT(descriptions, SizeIs(c.good ? 0 : 1)) << c.request;
  }
}

TEST(CheckTest, MailAddressesAreShort) {
  RulesRequest rules;
  rules.set_email(std::string(252, 'x') + "@y");
  EXPECT_THAT(Fields(rules), IsEmpty());
  rules.set_email(std::string(253, 'x') + "@y");
  EXPECT_THAT(Fields(rules), ElementsAre("email"));
}

TEST(CheckTest, UnknownEnumValuesAreTold) {
  RulesRequest rules;
  rules.set_genre(static_cast<bookshop::Genre>(7));
  rules.add_genres(bookshop::GENRE_NOVEL);
  rules.add_genres(static_cast<bookshop::Genre>(-1));
  EXPECT_THAT(Descriptions(rules),
              ElementsAre("genre: 「7」は使えません。Genre の値を指定してください / '7' came; "
                          "wanted a value of Genre",
                          testing::StartsWith("genres[1]: 「-1」")));
}

TEST(CheckTest, BrokenUtf8) {
  RulesRequest rules;
  rules.set_line("a\xFF");
  EXPECT_THAT(Descriptions(rules), ElementsAre(HasSubstr("2 bytes that are not UTF-8")));
}

TEST(CheckTest, PersonalTextIsNotRepeatedOtherTextIsShortened) {
  EXPECT_THAT(Descriptions(Parse<RulesRequest>("line: '山田\\n' email: '山田太郎'")),
              ElementsAre(testing::AllOf(Not(HasSubstr("山田")), HasSubstr("3 characters came")),
                          testing::AllOf(Not(HasSubstr("山田")), HasSubstr("4 characters came"))));
  RulesRequest rules;
  rules.set_corporate_number(std::string(50, '1'));
  EXPECT_THAT(Descriptions(rules),
              ElementsAre(testing::AllOf(HasSubstr(std::string(39, '1') + "…' came"),
                                         Not(HasSubstr(std::string(40, '1'))))));
}

TEST(CheckTest, Depth) {
  RulesRequest rules;
  RulesRequest* deepest = &rules;
  for (int i = 1; i < kMaxDepth; ++i) deepest = deepest->mutable_inner();
  deepest->set_line("a\n");
  EXPECT_THAT(Descriptions(rules), ElementsAre(HasSubstr("inner.line: ")));
  deepest->mutable_inner();
  EXPECT_THAT(Descriptions(rules), testing::Contains(HasSubstr("messages inside one another")));
}

TEST(CheckTest, ViolationsAreCountedUpToABound) {
  RulesRequest rules;
  RulesRequest* deepest = &rules;
  for (int i = 1; i < kMaxDepth; ++i) {
    deepest = deepest->mutable_inner();
    for (int k = 0; k < 100; ++k) deepest->add_ranks(0);
  }
  const auto info = GetDetail<google::rpc::ErrorInfo>(CheckRequest(rules));
  ASSERT_TRUE(info);
  EXPECT_EQ(info->metadata().at("violations"), "1000");
}

TEST(CheckTest, Updates) {
  const struct {
    const char* name;
    const char* request;
    std::vector<std::string> want;
  } cases[] = {
      {"no resource", "update_mask {paths: 'title'}", {"book"}},
      {"no mask: what is missing stays", "book {name: 'n' isbn: 'x'}", {}},
      {"no mask: a message that came is complete",
       "book {name: 'n' shelf {}}",
       {"book.shelf.city"}},
      {"mask: required and named", "book {name: 'n'} update_mask {paths: 'title'}", {"book.title"}},
      {"mask: required and not named", "book {name: 'n'} update_mask {paths: 'isbn'}", {}},
      {"mask: inside", "book {name: 'n' shelf {}} update_mask {paths: 'shelf.street'}", {}},
      {"mask: required inside",
       "book {name: 'n' shelf {}} update_mask {paths: 'shelf.city'}",
       {"book.shelf.city"}},
      {"mask: required inside what did not come",
       "book {name: 'n'} update_mask {paths: 'shelf.city'}",
       {"book.shelf.city"}},
      {"mask: whole message",
       "book {name: 'n' shelf {street: 's'}} update_mask {paths: 'shelf'}",
       {"book.shelf.city"}},
      {"star", "book {name: 'n'} update_mask {paths: '*'}", {"book.title", "book.genre"}},
      {"no name", "book {isbn: 'x'}", {"book.name"}},
      {"unknown path", "book {name: 'n'} update_mask {paths: 'tittle'}", {"update_mask"}},
      {"path into a list", "book {name: 'n'} update_mask {paths: 'authors.name'}", {"update_mask"}},
      {"limits hold", "book {name: 'n' title: '123456'}", {"book.title"}},
      {"output only is not looked at", "book {name: 'n' sold_at {}}", {}},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Fields(Parse<UpdateBookRequest>(c.request)), testing::ElementsAreArray(c.want))
        << c.name;
  }
}

TEST(CheckTest, ClearOutputOnlyAtEveryDepth) {
  Book book = Parse<Book>(R"(title: 't' loans: 3 sold_at {city: 'c'} shelf {city: 'c' code: 'x'}
                             authors {name: 'a' kana: 'x'} editors {key: 'e' value {kana: 'x'}})");
  ClearOutputOnly(&book);
  EXPECT_EQ(test::Print(book),
            test::Print(Parse<Book>(R"(title: 't' shelf {city: 'c'} authors {name: 'a'}
                                       editors {key: 'e' value {}})")));
}

}  // namespace
}  // namespace staraction
