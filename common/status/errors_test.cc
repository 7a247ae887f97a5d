#include "common/status/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/status/grpc_status.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

template <typename Detail>
std::vector<Detail> Details(const google::rpc::Status& wire) {
  std::vector<Detail> out;
  for (const auto& any : wire.details()) {
    Detail detail;
    if (any.UnpackTo(&detail)) out.push_back(detail);
  }
  return out;
}

TEST(ErrorsTest, WireHasOneErrorInfoWithDomainAndOneTextInTheReadersLanguage) {
  const absl::Status status = NotFound("clients/x");
  for (const auto& [language, locale] :
       {std::pair{Language::kJapanese, "ja"}, std::pair{Language::kEnglish, "en"}}) {
    const google::rpc::Status wire = ToWire(status, "engagement.staraction", language);
    const auto infos = Details<google::rpc::ErrorInfo>(wire);
    ASSERT_EQ(infos.size(), 1u);
    EXPECT_EQ(infos[0].reason(), "NOT_FOUND");
    EXPECT_EQ(infos[0].domain(), "engagement.staraction");
    EXPECT_EQ(infos[0].metadata().at("resource"), "clients/x");
    const auto texts = Details<google::rpc::LocalizedMessage>(wire);
    ASSERT_EQ(texts.size(), 1u);
    EXPECT_EQ(texts[0].locale(), locale);
    EXPECT_THAT(texts[0].message(), testing::HasSubstr("clients/x"));
  }
}

TEST(ErrorsTest, WireNamesTheRequestOnceAlsoWhenAPeerNamedIt) {
  const auto peer = ToWire(NotFound("a"), "d", Language::kEnglish, "0123456789abcdef");
  EXPECT_EQ(Details<google::rpc::RequestInfo>(peer)[0].request_id(), "0123456789abcdef");
  const auto again = ToWire(FromGrpc(ToGrpc(peer)), "d", Language::kEnglish, "fedcba9876543210");
  ASSERT_EQ(Details<google::rpc::RequestInfo>(again).size(), 1u);
  EXPECT_EQ(Details<google::rpc::RequestInfo>(again)[0].request_id(), "fedcba9876543210");
}

TEST(ErrorsTest, InternalNoteStaysInside) {
  const absl::Status status = Internal("relation client_x broke");
  const std::string wire = ToWire(status, "d", Language::kEnglish).SerializeAsString();
  EXPECT_THAT(wire, testing::Not(testing::HasSubstr("relation")));
  EXPECT_THAT(LogText(status), testing::HasSubstr("relation client_x broke"));
}

TEST(ErrorsTest, ForeignErrorsLoseTheirText) {
  const auto wire = ToWire(absl::UnknownError("secret of a library"), "d", Language::kEnglish);
  EXPECT_THAT(wire.SerializeAsString(), testing::Not(testing::HasSubstr("secret")));
}

TEST(ErrorsTest, ManyViolationsAreCutToFourKilobytesAndCounted) {
  std::vector<Violation> violations;
  violations.reserve(500);
  for (int i = 0; i < 500; ++i) {
    violations.push_back({absl::StrCat("rows[", i, "].hire_date"), std::string(200, 'x'), "日付"});
  }
  const auto wire = ToWire(InvalidFields(violations), "d", Language::kJapanese);
  EXPECT_LE(wire.ByteSizeLong(), 4300u);
  EXPECT_EQ(Details<google::rpc::ErrorInfo>(wire)[0].metadata().at("violations"), "500");
  EXPECT_GE(Details<google::rpc::BadRequest>(wire)[0].field_violations_size(), 5);
}

TEST(ErrorsTest, DetailsSurviveGrpc) {
  const absl::Status there = StateConflict("quotes/q", "DRAFT", "accept");
  const absl::Status back = FromGrpc(ToGrpc(ToWire(there, "d", Language::kJapanese)));
  EXPECT_EQ(back.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(back), error::v1::ERROR_REASON_STATE_CONFLICT);
  const auto again = ToWire(back, "other", Language::kEnglish);
  EXPECT_EQ(Details<google::rpc::ErrorInfo>(again)[0].domain(), "d");
  EXPECT_EQ(Details<google::rpc::LocalizedMessage>(again)[0].locale(), "ja");
}

TEST(ErrorsTest, AcceptLanguage) {
  const struct {
    const char* header;
    Language want;
  } cases[] = {{"", Language::kJapanese},
               {"en-GB,en;q=0.9,ja;q=0.5", Language::kEnglish},
               {"ja;q=0.8, en;q=0.3", Language::kJapanese},
               {"fr, en;q=0.1", Language::kEnglish},
               {"de", Language::kJapanese}};
  for (const auto& c : cases) EXPECT_EQ(ParseAcceptLanguage(c.header), c.want) << c.header;
}

}  // namespace
}  // namespace staraction
