window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "77",
      "updatedAt": "2022-10-04T16:04:00.000Z",
      "createdAt": "2022-10-04T16:04:00.000Z",
      "core": {
        "text": "A long report about the damp homes of Eastfield, which every tenant of the two blocks has signed, and it goes on for more than the old limit allows.",
        "mentions": []
      }
    }
  }
]