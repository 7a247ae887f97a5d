#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SCORE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SCORE_H_

#include <map>
#include <string>

#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/score.pb.h"

// What the answers of a self-diagnosis come to. All numbers are the content's.
namespace staraction::diagnosis::domain {

// By code of the item.
using AnswerMap = std::map<std::string, content::v1::Answer>;

// Points for an answer; 0 for one that the questionnaire doesn't have.
int PointsOf(const content::v1::Questionnaire& questionnaire, content::v1::Answer answer);

// The most that the item allows.
int BestPoints(const content::v1::Questionnaire& questionnaire,
               const content::v1::QuestionnaireItem& item);

// Whether `a` is worse for the company than `b`: fewer points or, of equal ones, more severe.
bool IsWorse(const content::v1::Questionnaire& questionnaire, content::v1::Answer a,
             content::v1::Answer b);

// The score, with titles in Japanese. Fewer answers than items: no total and no band, and no points
// for a part that lacks one.
v1::Score ScoreOf(const content::v1::Questionnaire& questionnaire, const AnswerMap& answers);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_SCORE_H_
