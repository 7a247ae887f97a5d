#include "services/document/domain/life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/errors.h"

namespace staraction::document::domain {
namespace {

using ::testing::IsEmpty;
using v1::Revision;

TEST(Life, EachStateAllowsItsVerbs) {
  const struct {
    Revision::State state;
    std::vector<std::string> verbs;
  } cases[] = {
      {Revision::STATE_DRAFT, {"submit", "withdraw"}},
      {Revision::STATE_SUBMITTED, {"approve", "withdraw"}},
      {Revision::STATE_APPROVED, {"publish", "withdraw"}},
      {Revision::STATE_PUBLISHED, {"withdraw"}},
      {Revision::STATE_WITHDRAWN, {}},
  };
  for (const auto& test : cases) {
    Revision revision;
    revision.set_state(test.state);
    EXPECT_EQ(ActionsOf(revision), test.verbs) << test.state;
    for (const char* verb : {"submit", "approve", "publish", "withdraw"}) {
      const bool allowed =
          std::find(test.verbs.begin(), test.verbs.end(), verb) != test.verbs.end();
      EXPECT_EQ(After(revision, verb).ok(), allowed) << test.state << " " << verb;
    }
  }
}

TEST(Life, DigestIsOfBlocksAndValuesAlone) {
  Revision revision;
  revision.mutable_document()->set_title("規程");
  (*revision.mutable_field_values())["client.name"] = "株式会社甲";
  (*revision.mutable_field_values())["set.x"] = "10";
  const std::string digest = ContentDigest(revision);
  EXPECT_EQ(digest.size(), 64U);
  Revision later = revision;
  later.set_state(Revision::STATE_APPROVED);
  later.set_approver_display_name("社長");
  EXPECT_EQ(ContentDigest(later), digest);
  (*later.mutable_field_values())["set.x"] = "12";
  EXPECT_NE(ContentDigest(later), digest);
  later = revision;
  later.mutable_document()->add_blocks()->mutable_page_break();
  EXPECT_NE(ContentDigest(later), digest);
}

TEST(Life, ADigestMayBeGivenInPart) {
  const std::string digest(64, 'a');
  EXPECT_TRUE(CheckDigest("", digest).ok());
  EXPECT_TRUE(CheckDigest(std::string(16, 'A'), digest).ok());
  EXPECT_FALSE(CheckDigest(std::string(15, 'a'), digest).ok());
  EXPECT_FALSE(CheckDigest(std::string(16, 'b'), digest).ok());
}

TEST(Life, PagesTellTheState) {
  Revision revision;
  revision.set_state(Revision::STATE_DRAFT);
  revision.set_digest(std::string(64, '0'));
  EXPECT_EQ(LifeFields(revision).at("approval.mark"), "案");
  EXPECT_EQ(LifeFields(revision).at("approval.digest").size(), 16U);
  revision.set_state(Revision::STATE_APPROVED);
  revision.set_approver_display_name("濵﨑 髙志");
  revision.mutable_approve_date()->set_year(2026);
  revision.mutable_approve_date()->set_month(10);
  revision.mutable_approve_date()->set_day(1);
  EXPECT_EQ(LifeFields(revision).at("approval.mark"), "");
  EXPECT_EQ(LifeFields(revision).at("approval.date"), "2026年10月1日");
}

TEST(Life, CompletenessNamesPlacesAndChoices) {
  Revision revision;
  revision.set_digest("00");
  EXPECT_TRUE(CheckComplete(revision).ok());
  auto& field = *revision.mutable_document()
                     ->add_blocks()
                     ->mutable_paragraph()
                     ->add_inlines()
                     ->mutable_field();
  field.set_code("client.address");
  field.set_label("所在地");
  revision.add_unresolved_fields("client.address");
  auto& value = *revision.add_variables();
  value.set_code("place");
  value.set_title("バックアップの保管場所");
  revision.add_unresolved_fields("set.place");
  const auto failure = GetDetail<google::rpc::PreconditionFailure>(CheckComplete(revision));
  ASSERT_TRUE(failure.has_value());
  ASSERT_EQ(failure->violations_size(), 2);
  EXPECT_THAT(failure->violations(0).ShortDebugString(), testing::HasSubstr("client.address"));
  EXPECT_THAT(std::string(CheckComplete(revision).message()), testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace staraction::document::domain
