import type { FewShotExample } from "./api";

/** The few-shot example of the lab "Fine-tune an Azure OpenAI model", task 9. */
export const presetFewShot: FewShotExample[] = [
  {
    user: "What are the different types of artificial intelligence?",
    assistant:
      "There are three main types of artificial intelligence: Narrow or Weak AI (such as virtual assistants like Siri or Alexa, image recognition software, and spam filters), General or Strong AI (AI designed to be as intelligent as a human being. This type of AI does not currently exist and is purely theoretical), and Artificial Superintelligence (AI that is more intelligent than any human being and can perform tasks that are beyond human comprehension. This type of AI is also purely theoretical and has not yet been developed).",
  },
];

/** The lab's words, for a stack that has no probe. */
export const presetSystemMessage = "The system is an AI teacher that helps people learn about AI";
export const presetQuestion = "What is artificial intelligence?";
