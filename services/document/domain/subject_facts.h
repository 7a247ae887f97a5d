#ifndef STARACTION_SERVICES_DOCUMENT_DOMAIN_SUBJECT_FACTS_H_
#define STARACTION_SERVICES_DOCUMENT_DOMAIN_SUBJECT_FACTS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "staraction/asset/v1/asset_snapshot.pb.h"
#include "staraction/content/v1/activity_calendar.pb.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/declaration.pb.h"
#include "staraction/declaration/v1/publication.pb.h"
#include "staraction/diagnosis/v1/answer_sheet.pb.h"
#include "staraction/diagnosis/v1/comparison.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/measure.pb.h"
#include "staraction/diagnosis/v1/review.pb.h"
#include "staraction/diagnosis/v1/rulebook_version.pb.h"
#include "staraction/engagement/v1/activity.pb.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/contact_service.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/organization.pb.h"
#include "staraction/engagement/v1/quote.pb.h"
#include "staraction/engagement/v1/role_assignment.pb.h"
#include "staraction/engagement/v1/visit.pb.h"
#include "staraction/risk/v1/analysis.pb.h"
#include "staraction/risk/v1/treatment.pb.h"
#include "staraction/training/v1/course.pb.h"
#include "staraction/training/v1/paper.pb.h"
#include "staraction/training/v1/report.pb.h"
#include "staraction/training/v1/session.pb.h"

namespace staraction::document::domain {

// What the other services know about a document's subject. Each kind fills what it needs; the rest
// stays empty.
struct SubjectFacts {
  // Every kind:
  engagement::v1::Client client;
  engagement::v1::Organization organization;
  engagement::v1::Engagement engagement;  // empty if the subject belongs to none
  absl::CivilDay today;                   // of the generation, Asia/Tokyo

  // Display names of the organization's users by name ("users/{user}").
  std::map<std::string, std::string> user_names;
  engagement::v1::Quote quote;
  engagement::v1::Visit visit;
  declaration::v1::Campaign campaign;
  std::string rule_list_title;
  declaration::v1::Declaration declaration;
  diagnosis::v1::Rulebook rulebook;
  diagnosis::v1::RulebookVersion rulebook_version;
  std::vector<engagement::v1::RoleAssignment> roles;  // of today
  std::map<std::string, std::string> role_labels;     // in Japanese, by code
  std::vector<std::string> practice_codes;            // of the content's list
  content::v1::ActivityCalendar calendar;
  std::vector<engagement::v1::Activity> activities;  // the client's from this month on, by day
  diagnosis::v1::Diagnosis diagnosis;
  diagnosis::v1::Diagnosis base_diagnosis;  // the one before; empty: none
  diagnosis::v1::AnswerSheet answer_sheet;
  std::string questionnaire_title;
  std::string instruction;
  std::map<std::string, int> item_chapters;   // chapter of the regulations by item
  std::map<int, std::string> chapter_titles;  // of the regulations, by number
  diagnosis::v1::DiagnosisAdvice advice;
  diagnosis::v1::DiagnosisBenchmark benchmark;
  diagnosis::v1::DiagnosisReview review;
  asset::v1::AssetSnapshot snapshot;
  std::vector<asset::v1::Asset> assets;
  std::map<std::string, std::string> flag_labels;  // kinds of personal information, by code
  risk::v1::Analysis analysis;
  std::vector<risk::v1::Treatment> treatments;  // those of the analysis that count
  training::v1::Session session;
  training::v1::Course course;
  training::v1::PaperTest paper_test;
  std::vector<engagement::v1::Member> members;  // who counts
  training::v1::TrainingReport training_report;
  std::vector<declaration::v1::Campaign> campaigns;
  std::vector<diagnosis::v1::Diagnosis> diagnoses;  // concluded ones
  std::vector<diagnosis::v1::Measure> measures;
  std::optional<diagnosis::v1::DiagnosisComparison> comparison;
  engagement::v1::ListOutstandingMembersResponse outstanding;  // all pages, with secrets
  std::vector<declaration::v1::AnnouncementDraft> announcement_drafts;
};

}  // namespace staraction::document::domain

#endif  // STARACTION_SERVICES_DOCUMENT_DOMAIN_SUBJECT_FACTS_H_
