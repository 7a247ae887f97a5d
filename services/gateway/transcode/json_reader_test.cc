#include "services/gateway/transcode/json_reader.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "services/gateway/transcode/value_count.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

namespace staraction::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using gatewaytest::v1::Shelf;

absl::Status Check(const std::string& text, const std::string& prefix = "") {
  Shelf shelf;
  return ReadJson(text, prefix, &shelf);
}

// "next" in itself, `depth` objects in all.
std::string Nested(int depth) {
  std::string text = "{}";
  for (int i = 1; i < depth; ++i) text = absl::StrCat(R"({"next":)", text, "}");
  return text;
}

TEST(JsonReaderTest, TakesWhatIsJsonAndFits) {
  for (const std::string& text : {
           std::string("{}"),
           std::string(" \t\r\n{ } \n"),
           std::string(R"({"displayName":"山田 𠮷 \u5c71 \ud842\udfb7 \"\\\/\b\f\n\r\t"})"),
           std::string(R"({"display_name":"x"})"),
           std::string(R"({"books":"12","height":-12,"width":1.5e+3})"),
           std::string(R"({"books":0,"width":-0.0})"),
           std::string(R"({"wooden":true,"next":{"wooden":false}})"),
           std::string(R"({"next":null,"tags":null,"displayName":null})"),
           std::string(R"({"tags":["a","b"],"labels":{"a_b":"x","aB":"y","":"z"}})"),
           std::string(R"({"boards":[{},{"height":1}]})"),
           std::string(R"({"createTime":"2026-01-01T00:00:00Z","openingDate":{"year":2026}})"),
           Nested(kMaxJsonDepth),
       }) {
    EXPECT_OK(Check(text)) << text;
  }
}

TEST(JsonReaderTest, ReadsWhatProtobufReads) {
  for (
      const char* text : {
          R"({"displayName":"山田 \u5c71 \ud842\udfb7 \"\\\/\b\f\n\r\t","etag":""})",
          R"({"books":"-9223372036854775808","height":2147483647,"width":-1.5e-3})",
          R"({"books":9007199254740992,"height":"-12","width":"2.5"})",
          R"({"books":1e3,"height":5.0,"width":0,"next":{"books":120e-1,"height":0.05E2,"width":-0}})",
          R"({"books":9.007199254740992E15,"height":-0,"wooden":true})",
          R"({"state":"STATE_CLOSED","picture":"aGkh"})",
          R"({"picture":"_-8="})",
          R"({"picture":"/+8"})",
          R"({"createTime":"2026-01-02T03:04:05.006+09:00","lentFor":"-1.5s"})",
          R"({"hidden":"displayName,openingDate.year","painted":false})",
          R"({"tags":["a",""],"labels":{"a":"x","":"y"},"boards":[{},{"tags":[]}]})",
          R"({"drawers":{"-1":{"height":1},"2":{"next":{"next":{}}}}})",
          R"({"notes":{"a":[1,"x",null,true,{"b":{}}]},"wall":"w"})",
          R"({"next":null,"tags":null,"painted":null,"notes":null,"wall":null,"floor":"f"})",
      }) {
    Shelf ours, theirs;
    EXPECT_OK(ReadJson(text, "", &ours)) << text;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(text, &theirs).ok()) << text;
    EXPECT_EQ(ours.DebugString(), theirs.DebugString()) << text;
    EXPECT_NE(ours.ByteSizeLong(), 0u) << text;
  }
}

TEST(JsonReaderTest, RefusesWhatIsNotJson) {
  const struct {
    std::string text;
    const char* want;
  } cases[] = {
      {"", "an object expected at line 1, column 1"},
      {"[]", "an object expected"},
      {"null", "an object expected"},
      {"5", "an object expected"},
      {"{", "'\"' expected at line 1, column 2"},
      {"{}x", "nothing more expected"},
      {"{}{}", "nothing more expected"},
      {"\xEF\xBB\xBF{}", "an object expected"},
      {R"({"height":1,})", "'\"' expected"},
      {R"({,"height":1})", "'\"' expected"},
      {R"({"tags":["a",]})", "a value expected"},
      {R"({"tags":[,"a"]})", "a value expected"},
      {R"({"tags":["a" "b"]})", "']' expected"},
      {R"({"tags":["a"})", "']' expected"},
      {R"({'height':1})", "'\"' expected"},
      {R"({height:1})", "'\"' expected"},
      {R"({"displayName":'x'})", "a value expected"},
      {R"({"height" 1})", "':' expected"},
      {R"({"height"=1})", "':' expected"},
      {R"({"height":})", "a value expected"},
      {R"({"height":1 "books":2})", "'}' expected"},
      {R"({"height":01})", "leading zero"},
      {R"({"height":+1})", "a value expected"},
      {R"({"height":-})", "a digit expected"},
      {R"({"height":.5})", "a value expected"},
      {R"({"height":1.})", "a digit expected"},
      {R"({"height":1e})", "a digit expected"},
      {R"({"height":0x10})", "'}' expected"},
      {R"({"height":NaN})", "a value expected"},
      {R"({"height":Infinity})", "a value expected"},
      {R"({"wooden":True})", "a value expected"},
      {R"({"wooden":tru})", "a value expected"},
      {R"({"wooden":truex})", "'}' expected"},
      {R"({"displayName":"x)", "does not end"},
      {R"({"displayName":"\)", "does not end"},
      {R"({"displayName":"\x41"})", "unknown escape"},
      {R"({"displayName":"\'"})", "unknown escape"},
      {R"({"displayName":"\u12"})", "\\uXXXX expected"},
      {R"({"displayName":"\u12g4"})", "\\uXXXX expected"},
      {R"({"displayName":"\u0000"})", "NUL"},
      {R"({"displayName":"\ud800"})", "surrogate"},
      {R"({"displayName":"\ud800\u0041"})", "surrogate"},
      {R"({"displayName":"\udc00"})", "surrogate"},
      {"{\"displayName\":\"a\nb\"}", "control characters"},
      {"{\"displayName\":\"a\tb\"}", "control characters"},
      {"{\"displayName\":\"\xff\"}", "not UTF-8"},
      {"{\"displayName\":\"\xed\xa0\x80\"}", "not UTF-8"},
      {std::string("{\"displayName\":\"a\0b\"}", 21), "NUL"},
      {std::string("{}\0", 3), "NUL"},
      {"{/* no */}", "'\"' expected"},
      {"{}// no", "nothing more expected"},
      {R"({"height":1,"height":2})", "comes twice at line 1"},
      {R"({"displayName":"a","display_name":"b"})", "comes twice"},
      {R"({"h\u0065ight":1,"height":2})", "comes twice"},
      {R"({"labels":{"a":"x","a":"y"}})", "comes twice"},
      {"{\"height\":1,\n \"height\":2}", "line 2, column 10"},
      {Nested(kMaxJsonDepth + 1), "nested too deeply"},
      {std::string(100000, '['), "an object expected"},
      {R"({"next":)" + std::string(100000, '['), "nested too deeply"},
  };
  for (const auto& c : cases) {
    const absl::Status got = Check(c.text);
    EXPECT_THAT(got, test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.want)))
        << c.text.substr(0, 100);
    EXPECT_EQ(ReasonOf(got), error::v1::ERROR_REASON_MALFORMED_BODY) << c.text.substr(0, 100);
  }
}

TEST(JsonReaderTest, NamesFieldsThatDoNotFit) {
  const struct {
    const char* text;
    const char* want;
  } cases[] = {
      {R"({"nope":1})", "nope: no such field"},
      {R"({"next":{"displayNam":1}})", "next.displayNam: no such field"},
      {R"({"<b>":1})", "(unknown): no such field"},
      {R"({"boards":[{},{"nope":1}]})", "boards[1].nope: no such field"},
      {R"({"openingDate":{"years":1}})", "opening_date.years: no such field"},
      {R"({"displayName":5})", "display_name: must be a string"},
      {R"({"displayName":{"a":1}})", "display_name: must be a string"},
      {R"({"picture":[1]})", "picture: must be a string"},
      {R"({"wooden":"yes"})", "wooden: must be true or false"},
      {R"({"wooden":1})", "wooden: must be true or false"},
      {R"({"state":1})", "state: must be a name"},
      {R"({"height":true})", "height: must be a number"},
      {R"({"height":[1]})", "height: must be a number"},
      {R"({"tags":"a"})", "tags: must be an array"},
      {R"({"tags":["a",5]})", "tags[1]: must be a string"},
      {R"({"tags":["a",null]})", "tags[1]: must not be null"},
      {R"({"tags":[["a"]]})", "tags[0]: must be a string"},
      {R"({"boards":{"height":1}})", "boards: must be an array"},
      {R"({"boards":[5]})", "boards[0]: must be an object"},
      {R"({"next":[{}]})", "next: must be an object"},
      {R"({"next":"x"})", "next: must be an object"},
      {R"({"labels":[]})", "labels: must be an object"},
      {R"({"labels":{"a":5}})", "labels[]: must be a string"},
      {R"({"openingDate":"2026-01-01"})", "opening_date: must be an object"},
      {R"({"painted":"yes"})", "painted: must be true or false"},
      {R"({"labels":{"a":null}})", "labels[]: must not be null"},
      {R"({"drawers":{"x":{}}})", "drawers[]: a key doesn't fit"},
      {R"({"drawers":{"1":{},"01":{}}})", "drawers[]: a key doesn't fit"},
      {R"({"drawers":{"-0":{}}})", "drawers[]: a key doesn't fit"},
      {R"({"5550199":1})", "(unknown): no such field"},
      {R"({"E5550199":1})", "(unknown): no such field"},
      {R"({"drawers":{"1":{"height":"x"}}})", "drawers[].height: the value"},
      {R"({"boards":[{"next":{"height":2147483648}}]})", "boards[0].next.height: the value"},
      {R"({"books":9223372036854775808})", "books: the value"},
      {R"({"books":1e300})", "books: the value"},
      {R"({"books":1.5})", "books: the value"},
      {R"({"books":9007199254740993.0})", "books: the value"},
      {R"({"books":5.00000000000000000001})", "books: the value"},
      {R"({"books":1e-400})", "books: the value"},
      {R"({"books":1e99999999999})", "books: the value"},
      {R"({"books":"1e3"})", "books: the value"},
      {R"({"books":""})", "books: the value"},
      {R"({"books":" 1"})", "books: the value"},
      {R"({"books":"+1"})", "books: the value"},
      {R"({"books":"0x1"})", "books: the value"},
      {R"({"width":1e999})", "width: the value"},
      {R"({"width":"NaN"})", "width: the value doesn't fit: a finite number wanted"},
      {R"({"width":"Infinity"})", "width: the value"},
      {R"({"state":"STATE_LOST"})",
       "state: the value doesn't fit: one of STATE_OPEN, STATE_CLOSED wanted"},
      {R"({"picture":"a"})", "picture: the value doesn't fit: base64 wanted"},
      {R"({"picture":"aGk h"})", "picture: the value"},
      {R"({"picture":"aGl="})", "picture: the value"},
      {R"({"picture":"aGk=="})", "picture: the value"},
      {R"({"createTime":5})", "create_time: the value doesn't fit: a time such as 2026-"},
      {R"({"createTime":"2026-02-30T00:00:00Z"})", "create_time: the value"},
      {R"({"lentFor":"1"})", "lent_for: the value"},
      {R"({"hidden":["a"]})", "hidden: the value"},
      {R"({"notes":[]})", "notes: the value doesn't fit: a google.protobuf.Struct wanted"},
      {R"({"wall":"a","floor":"b"})", "floor: excludes another field"},
  };
  for (const auto& c : cases) {
    const absl::Status got = Check(c.text);
    EXPECT_THAT(got, test::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.want)))
        << c.text;
    EXPECT_EQ(ReasonOf(got), error::v1::ERROR_REASON_INVALID_FIELDS) << c.text;
  }
}

TEST(JsonReaderTest, TellsAllFieldsUnderTheirPrefix) {
  const absl::Status got = Check(R"({"nope":1,"height":"x","wooden":2})", "shelf.");
  const auto bad = GetDetail<google::rpc::BadRequest>(got);
  ASSERT_TRUE(bad.has_value()) << got.ToString();
  ASSERT_EQ(bad->field_violations_size(), 3) << bad->ShortDebugString();
  EXPECT_EQ(bad->field_violations(0).field(), "shelf.nope");
  EXPECT_EQ(bad->field_violations(1).field(), "shelf.height");
  EXPECT_EQ(bad->field_violations(2).field(), "shelf.wooden");
}

// An object with a list of `count` times the text.
std::string Many(const std::string& field, int count, const std::string& text) {
  std::string out = absl::StrCat("{\"", field, "\":[", text);
  for (int i = 1; i < count; ++i) absl::StrAppend(&out, ",", text);
  return out + "]}";
}

TEST(JsonReaderTest, MoreValuesThanAnybodyNeedsAreRefused) {
  EXPECT_OK(Check(Many("boards", kMaxValues - 1, "{}")));
  for (const char* field : {"boards", "notes", "nope"}) {
    EXPECT_THAT(Check(Many(field, kMaxValues, "{}")).ToString(),
                HasSubstr("at most 100000 values are taken"));
  }
  std::string members = R"({"labels":{"0":"")";
  for (int i = 1; i < kMaxValues; ++i) absl::StrAppend(&members, ",\"", i, "\":\"\"");
  EXPECT_THAT(Check(members + "}}").ToString(), HasSubstr("at most 100000 values are taken"));
}

TEST(JsonReaderTest, TellsReadersOfJapaneseWhatIsWrongAndWhere) {
  const struct {
    std::string text;
    const char* want;
  } cases[] = {{R"({"height":})", "正しい JSON ではありません（1行11列目）"},
               {"{\"height\":1,\n \"height\":2}", "同じ名前が二度あります（2行10列目）"},
               {Nested(kMaxJsonDepth + 1), "入れ子は32段までです"},
               {Many("tags", kMaxValues, "\"\""), "値は100000個までです"}};
  for (const auto& c : cases) {
    const auto bad = GetDetail<google::rpc::BadRequest>(Check(c.text));
    ASSERT_TRUE(bad.has_value()) << c.want;
    EXPECT_THAT(bad->field_violations(0).description(), HasSubstr(c.want));
  }
}

TEST(JsonReaderTest, ManyFaultsCostLittle) {
  const auto bad = GetDetail<google::rpc::BadRequest>(Check(Many("tags", 99'000, "1")));
  ASSERT_TRUE(bad.has_value());
  EXPECT_EQ(bad->field_violations_size(), kMaxViolations);
}

TEST(JsonReaderTest, RepeatsNoValues) {
  for (const char* text :
       {R"({"5550199":1})", R"({"displayName":5550199})", R"({"tags":"5550199"})",
        R"({"books":"5550199x"})", R"({"createTime":"5550199"})", R"({"displayName":"5550199)",
        R"({"displayName":"5550199","x":})"}) {
    EXPECT_THAT(Check(text).ToString(), Not(HasSubstr("5550199"))) << text;
  }
}

}  // namespace
}  // namespace staraction::gateway
